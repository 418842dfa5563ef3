package dev.sweepback.run;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.gate.Done;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Guards;
import dev.sweepback.plan.Idle;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Objection;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.UseJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Operations that disable, remove or revoke. Re-check and snapshot are one read, right before the intent. */
final class ApplyBatch extends Batch {

    ApplyBatch(Situation situation, List<PlannedOperation> operations) {
        super(situation, operations);
    }

    @Override
    List<Ready> check(List<PlannedOperation> free, List<Draft> ended) {
        Keeps keeps = Keeps.read(situation.journal());
        List<Ready> ready = new ArrayList<>();
        List<PlannedOperation> fresh = new ArrayList<>();
        for (PlannedOperation operation : free) {
            halfDone(operation)
                    .ifPresentOrElse(
                            intent -> goOn(operation, intent, keeps, ready, ended), () -> fresh.add(operation));
        }
        if (!fresh.isEmpty()) {
            check(fresh, keeps, ready, ended);
        }
        return ready;
    }

    /** The intent of an operation that was found half done. */
    private Optional<Entry> halfDone(PlannedOperation operation) {
        return situation
                .run()
                .operation(operation.id())
                .filter(record -> record.outcome().equals(Optional.of(Outcome.PARTLY)))
                .flatMap(OperationRecord::intent);
    }

    /**
     * From the snapshot that was taken before it began: what is there now is half of our making, and undo has to bring back
     * the whole.
     */
    private void goOn(PlannedOperation operation, Entry intent, Keeps keeps, List<Ready> ready, List<Draft> ended) {
        Optional<Objection> kept =
                keeps.objection(operation.ref(), situation.clock().instant());
        if (kept.isPresent()) {
            ended.add(kept(operation, kept.get()));
            return;
        }
        try {
            Task task = Entries.task(intent, situation.journal());
            Look look = reader.look(List.of(task)).get(0);
            if (look.now() instanceof Capture.Unknown unknown) {
                unread(operation, unknown.error(), ended);
            } else if (look.progress() == Progress.DONE) {
                ended.add(Settling.afterDeadline(task, look, connector.descriptor(), operation, drafts(operation)));
            } else if (untouchable(operation, look).isPresent()) {
                ended.add(blocked(operation, untouchable(operation, look).orElseThrow()));
            } else if (look.progress() == Progress.FOREIGN) {
                ended.add(skip(operation, Outcome.SKIPPED, "changed since it was half done: left alone"));
            } else {
                ready.add(new Ready(operation, again(operation, intent)));
            }
        } catch (ConnectorException e) {
            unread(operation, e, ended);
        } catch (JournalException e) {
            ended.add(skip(operation, Outcome.FAILED, String.valueOf(e.getMessage())));
        }
    }

    private static Optional<String> untouchable(PlannedOperation operation, Look look) {
        return look.now() instanceof Capture.Present present
                ? Guards.touching(present.resource(), operation.instructions())
                : Optional.empty();
    }

    private Draft again(PlannedOperation operation, Entry intent) {
        Draft draft = intent(operation).data("before", intent.data("before").orElseThrow());
        Optional<String> own = intent.data("actionReversibility");
        return own.isPresent()
                ? draft.data("actionReversibility", own.get()).data("actionLost", intent.dataNode("actionLost"))
                : draft;
    }

    private void check(List<PlannedOperation> free, Keeps keeps, List<Ready> ready, List<Draft> ended) {
        List<Capture> captures;
        try {
            captures = withUse(
                    reader.capture(free.stream().map(PlannedOperation::ref).toList()));
        } catch (ConnectorException e) {
            free.forEach(operation -> unread(operation, e, ended));
            return;
        }
        for (int index = 0; index < free.size(); index++) {
            PlannedOperation operation = free.get(index);
            try {
                check(operation, captures.get(index), keeps, ready, ended);
            } catch (ConnectorException e) {
                unread(operation, e, ended);
            }
        }
    }

    private void check(PlannedOperation operation, Capture capture, Keeps keeps, List<Ready> ready, List<Draft> ended) {
        if (capture instanceof Capture.Unknown unknown) {
            unread(operation, unknown.error(), ended);
        } else if (capture instanceof Capture.Present seen) {
            Resource resource = seen.resource();
            Optional<String> untouchable = Guards.touching(resource, operation.instructions());
            Optional<Objection> objection = objection(operation, resource, keeps);
            if (untouchable.isPresent()) {
                ended.add(blocked(operation, untouchable.get()));
            } else if (objection.isPresent()) {
                ended.add(kept(operation, objection.get()));
            } else {
                ready.add(new Ready(operation, announce(operation, resource).snapshot("before", seen.state())));
            }
        } else {
            ended.add(skip(operation, Outcome.SKIPPED, "already gone"));
        }
    }

    /** With what the system tells now about the use of what is there; where that cannot be read, nothing is known of it. */
    private List<Capture> withUse(List<Capture> captures) {
        List<Resource> there = captures.stream()
                .filter(Capture.Present.class::isInstance)
                .map(capture -> ((Capture.Present) capture).resource())
                .toList();
        boolean held = operations.stream().anyMatch(operation -> operation.of().isPresent());
        try {
            boolean watched = held && connector.descriptor().tellsUse();
            List<Resource> asked = Idle.asked(reader, there, watched, situation.minIdle());
            Map<ResourceRef, Resource> used =
                    asked.stream().collect(Collectors.toMap(Resource::ref, resource -> resource));
            return ofPresent(
                    captures, seen -> new Capture.Present(Objects.requireNonNull(used.get(seen.ref())), seen.state()));
        } catch (ConnectorException e) {
            return ofPresent(captures, seen -> new Capture.Unknown(seen.ref(), e));
        }
    }

    private static List<Capture> ofPresent(List<Capture> captures, Function<Capture.Present, Capture> change) {
        return captures.stream()
                .map(capture -> capture instanceof Capture.Present seen ? change.apply(seen) : capture)
                .toList();
    }

    /** With a {@code then}, the planned class is the weakest of both; undo of the action alone has the action's own. */
    private Draft announce(PlannedOperation operation, Resource resource) {
        Draft draft = intent(operation).data(UseJson.KEY, UseJson.write(resource.use()));
        if (operation.then().isEmpty()) {
            return draft;
        }
        Reversible own = connector.reversible(operation.action(), resource, operation.instructions());
        return draft.data("actionReversibility", own.reversibility().word())
                .data("actionLost", Entries.texts(own.lost()));
    }

    private Optional<Objection> objection(PlannedOperation operation, Resource resource, Keeps keeps) {
        Instant now = situation.clock().instant();
        if (!resource.fingerprint().equals(operation.fingerprint())) {
            return Optional.of(Objection.lasting("changed since the plan was made"));
        }
        return keeps.objection(operation.ref(), now)
                .or(() -> inUse(operation, resource, now)
                        .map(idle -> new Objection("since the plan was made: " + idle.reason(), idle.until())));
    }

    /** What a quarantine has held is asked for its use since then, all others for how long they have been idle. */
    private Optional<Objection> inUse(PlannedOperation operation, Resource resource, Instant now) {
        return operation
                .of()
                .map(held -> Guards.inUse(
                        resource, record(held).acted(), connector.descriptor().tellsUse(), situation.minIdle(), now))
                .orElseGet(() -> Idle.objection(resource.use(), situation.minIdle(), now));
    }

    private OperationRecord record(OperationId id) {
        return OperationRecord.fold(situation.journal().read(Query.all().operation(id)))
                .get(0);
    }

    private Draft blocked(PlannedOperation operation, String reason) {
        return skip(operation, Outcome.SKIPPED, reason).data(Done.BLOCKED, "true");
    }

    /** What time alone keeps back says until when, so that the job can come back to it. */
    private Draft kept(PlannedOperation operation, Objection objection) {
        Draft draft = skip(operation, Outcome.SKIPPED, objection.reason());
        return objection.until().isPresent()
                ? draft.data("until", objection.until().get().toString())
                : draft;
    }

    private void unread(PlannedOperation operation, ConnectorException error, List<Draft> ended) {
        if (PutOff.isBy(error)) {
            putOff(operation, error);
        } else {
            ended.add(skip(operation, Outcome.FAILED, error.getMessage() + "; " + error.remedy()));
        }
    }

    @Override
    List<Answer> send(Writer writer, List<Task> tasks) {
        return writer.apply(tasks.stream().map(Order.class::cast).toList());
    }
}
