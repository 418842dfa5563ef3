package dev.sweepback.run;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operations that put back. Goes on only where the resource is as the action left it: a later change is never overwritten. */
final class RevertBatch extends Batch {

    private record Candidate(
            PlannedOperation operation,
            boolean begun,
            String before,
            String after,
            ResourceRef addressed,
            Reversal reversal) {}

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
            candidates.forEach(candidate -> ended.add(failed(candidate.operation(), e)));
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
                candidates.add(candidate(operation));
            } catch (JournalException e) {
                ended.add(skip(operation, Outcome.FAILED, String.valueOf(e.getMessage()))
                        .data("result", "failed"));
            }
        }
        return candidates;
    }

    private void judge(Candidate candidate, Look look, List<Ready> ready, List<Draft> ended) {
        PlannedOperation operation = candidate.operation();
        boolean begun = candidate.begun();
        if (look.progress() == Progress.NOT_BEGUN || (look.progress() == Progress.PARTLY && begun)) {
            ready.add(new Ready(operation, intent(candidate)));
        } else if (look.now() instanceof Capture.Unknown unknown) {
            ended.add(failed(operation, unknown.error()));
        } else if (look.progress() == Progress.DONE && begun) {
            ended.add(Settling.afterDeadline(
                    candidate.reversal(), look, connector.descriptor(), operation, drafts(operation)));
        } else {
            State after = candidate.reversal().after();
            ended.add(skip(operation, Outcome.CONFLICT, conflict(look))
                    .data("result", "conflict")
                    .data("differs", Entries.texts(after.differences(Settling.state(look.now())))));
        }
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

    private Candidate candidate(PlannedOperation operation) {
        List<Entry> entries = situation
                .journal()
                .read(Query.of(EntryType.OPERATION_INTENT, EntryType.OPERATION_OUTCOME)
                        .operation(operation.of().orElseThrow()));
        Entry intent = last(entries, EntryType.OPERATION_INTENT);
        Entry outcome = last(entries, EntryType.OPERATION_OUTCOME);
        ResourceRef addressed = addressedNow(operation.ref());
        Optional<Entry> announced =
                situation.journal().first(Query.of(EntryType.OPERATION_INTENT).operation(operation.id()));
        String before = intent.data("before").orElseThrow();
        String after = outcome.data("after").orElseThrow();
        return new Candidate(
                operation,
                announced.isPresent(),
                before,
                after,
                addressed,
                new Reversal(
                        operation.id(),
                        addressed,
                        operation.action(),
                        situation.journal().snapshot(before),
                        situation.journal().snapshot(after),
                        announced.map(Entry::time).orElseGet(situation.clock()::instant),
                        operation.handover()));
    }

    private Draft intent(Candidate candidate) {
        Draft draft =
                intent(candidate.operation()).data("before", candidate.before()).data("after", candidate.after());
        return candidate.addressed().equals(candidate.operation().ref())
                ? draft
                : draft.data("addressed", candidate.addressed().toString());
    }

    /** Re-creating gives a new address, each time. */
    @Override
    ResourceRef addressedNow(ResourceRef ref) {
        Set<ResourceRef> passed = new HashSet<>();
        ResourceRef address = ref;
        Optional<ResourceRef> next = Optional.of(ref);
        while (next.isPresent() && passed.add(next.get())) {
            address = next.get();
            next = movedTo(address);
        }
        return address;
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

    private Draft failed(PlannedOperation operation, ConnectorException error) {
        return skip(operation, Outcome.FAILED, error.getMessage() + "; " + error.remedy())
                .data("result", "failed");
    }

    @Override
    List<Answer> send(Writer writer, List<Task> tasks) {
        return writer.revert(tasks.stream().map(Reversal.class::cast).toList());
    }
}
