package dev.sweepback.run;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operations that put back. Goes on only where the resource is as the action left it: a later change is never overwritten. */
final class RevertBatch extends Batch {

    private record Candidate(
            PlannedOperation operation, boolean begun, String before, String after, Reversal reversal) {}

    RevertBatch(Situation situation, List<PlannedOperation> operations) {
        super(situation, operations);
    }

    @Override
    List<Ready> check(List<PlannedOperation> free, List<Draft> ended) {
        List<Candidate> candidates = candidates(free, ended);
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Look> looks;
        try {
            looks = reader.look(candidates.stream()
                    .map(candidate -> (Task) candidate.reversal())
                    .toList());
        } catch (ConnectorException e) {
            candidates.forEach(candidate -> unread(candidate.operation(), e, ended));
            return List.of();
        }
        List<Ready> ready = new ArrayList<>();
        for (int index = 0; index < candidates.size(); index++) {
            judge(candidates.get(index), looks.get(index), ready, ended);
        }
        return ready;
    }

    /** One whose snapshot is lost cannot be put back; that must not keep the others from it. */
    private List<Candidate> candidates(List<PlannedOperation> free, List<Draft> ended) {
        List<Candidate> candidates = new ArrayList<>();
        for (PlannedOperation operation : free) {
            try {
                List<Entry> entries = situation
                        .journal()
                        .read(Query.of(EntryType.OPERATION_INTENT, EntryType.OPERATION_OUTCOME)
                                .operation(operation.of().orElseThrow()));
                String before =
                        last(entries, EntryType.OPERATION_INTENT).data("before").orElseThrow();
                Optional<String> after =
                        last(entries, EntryType.OPERATION_OUTCOME).data("after");
                if (after.isPresent() && operation.reversibility() == Reversibility.NONE) {
                    ended.add(impossible(operation));
                } else if (after.isPresent()) {
                    candidates.add(candidate(operation, before, after.get()));
                } else {
                    compare(operation, situation.journal().snapshot(before), ended);
                }
            } catch (JournalException e) {
                ended.add(skip(operation, Outcome.FAILED, String.valueOf(e.getMessage()))
                        .data("result", "failed"));
            }
        }
        return candidates;
    }

    /** Nothing is asked of its connector: it has no way back. */
    private Draft impossible(PlannedOperation operation) {
        String why = operation.lost().isEmpty() ? "" : ": " + String.join(", ", operation.lost());
        return skip(operation, Outcome.FAILED, "cannot be put back" + why)
                .data("result", "failed")
                .data(RunJson.IMPOSSIBLE, "true");
    }

    /**
     * For an action after which the resource was found in a state that is not of our making. What of it is ours cannot be told:
     * either it is as before and nothing is to be put back, or it is left alone.
     */
    private void compare(PlannedOperation operation, State before, List<Draft> ended) {
        Capture now;
        try {
            now = reader.capture(List.of(operation.ref())).get(0);
        } catch (ConnectorException e) {
            unread(operation, e, ended);
            return;
        }
        if (now instanceof Capture.Unknown unknown) {
            unread(operation, unknown.error(), ended);
        } else if (before.sameAs(Settling.state(now))) {
            ended.add(drafts(operation)
                    .outcome(Outcome.ALREADY)
                    .reason("it is as it was before")
                    .data("result", "exact"));
        } else {
            ended.add(conflict(
                    operation,
                    "it is not as it was before, and what of that somebody else did is not known: left alone",
                    before,
                    now));
        }
    }

    private void judge(Candidate candidate, Look look, List<Ready> ready, List<Draft> ended) {
        PlannedOperation operation = candidate.operation();
        boolean begun = candidate.begun();
        if (look.progress() == Progress.NOT_BEGUN || (look.progress() == Progress.PARTLY && begun)) {
            ready.add(new Ready(operation, intent(candidate, look)));
        } else if (look.now() instanceof Capture.Unknown unknown) {
            unread(operation, unknown.error(), ended);
        } else if (look.progress() == Progress.DONE && begun) {
            ended.add(Settling.afterDeadline(
                    candidate.reversal(), look, connector.descriptor(), operation, drafts(operation)));
        } else {
            ended.add(conflict(operation, conflict(look), candidate.reversal().after(), look.now()));
        }
    }

    private Draft conflict(PlannedOperation operation, String reason, State expected, Capture now) {
        return skip(operation, Outcome.CONFLICT, reason)
                .data("result", "conflict")
                .data("differs", Entries.texts(expected.differences(Settling.state(now))));
    }

    private static String conflict(Look look) {
        if (look.now() instanceof Capture.Absent) {
            return "somebody has removed it since: there is nothing left to put back";
        }
        return switch (look.progress()) {
            case DONE -> "somebody has put it back already: left alone";
            default -> "somebody has changed it since: left alone";
        };
    }

    private Candidate candidate(PlannedOperation operation, String before, String after) {
        List<Entry> intents =
                situation.journal().read(Query.of(EntryType.OPERATION_INTENT).operation(operation.id()));
        Optional<Entry> announced = intents.stream().findFirst();
        State snapshot = situation.journal().snapshot(before);
        return new Candidate(
                operation,
                announced.isPresent(),
                before,
                after,
                new Reversal(
                        operation.id(),
                        operation.ref(),
                        operation.action(),
                        snapshot,
                        situation.journal().snapshot(after),
                        announced.map(Entry::time).orElseGet(situation.clock()::instant),
                        operation.instructions(),
                        new RecordedProvenance(
                                situation.journal(),
                                operation.id(),
                                operation.of().orElseThrow(),
                                operation.ref(),
                                snapshot,
                                intents.stream().reduce((first, second) -> second))));
    }

    private Draft intent(Candidate candidate, Look look) {
        Draft draft =
                intent(candidate.operation()).data("before", candidate.before()).data("after", candidate.after());
        List<String> alike = look.alike().stream().map(ResourceRef::toString).toList();
        return alike.isEmpty() ? draft : draft.data(RecordedProvenance.ALIKE, Entries.texts(alike));
    }

    /** Re-creating gives a new address, each time. */
    @Override
    List<ResourceRef> addresses(ResourceRef ref) {
        Set<ResourceRef> passed = new LinkedHashSet<>();
        Optional<ResourceRef> next = Optional.of(ref);
        while (next.isPresent() && passed.add(next.get())) {
            next = movedTo(next.get());
        }
        return List.copyOf(passed);
    }

    private Optional<ResourceRef> movedTo(ResourceRef ref) {
        return situation
                .journal()
                .read(Query.of(EntryType.OPERATION_OUTCOME).resource(ref).latest(0))
                .stream()
                .flatMap(entry -> entry.data("now").stream())
                .findFirst()
                .map(ResourceRef::parse);
    }

    private static Entry last(List<Entry> entries, EntryType type) {
        Optional<Entry> found =
                entries.stream().filter(entry -> entry.type() == type).reduce((first, second) -> second);
        return found.orElseThrow(
                () -> new IllegalStateException("an operation that ended has an intent and an outcome"));
    }

    private void unread(PlannedOperation operation, ConnectorException error, List<Draft> ended) {
        if (PutOff.isBy(error)) {
            putOff(operation, error);
        } else {
            ended.add(skip(operation, Outcome.FAILED, error.getMessage() + "; " + error.remedy())
                    .data("result", "failed"));
        }
    }

    @Override
    List<Answer> send(Writer writer, List<Task> tasks) {
        return writer.revert(tasks.stream().map(Reversal.class::cast).toList());
    }
}
