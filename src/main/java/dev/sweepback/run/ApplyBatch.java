package dev.sweepback.run;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Outcome;
import dev.sweepback.plan.Guards;
import dev.sweepback.plan.Idle;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Objection;
import dev.sweepback.plan.PlannedOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Operations that disable, remove or revoke. Re-check and snapshot are one read, right before the intent. */
final class ApplyBatch extends Batch {

    ApplyBatch(Situation situation, List<PlannedOperation> operations) {
        super(situation, operations);
    }

    @Override
    List<Ready> check(List<PlannedOperation> free, List<Draft> ended) {
        List<Capture> captures;
        try {
            captures = reader.capture(free.stream().map(PlannedOperation::ref).toList());
        } catch (ConnectorException e) {
            free.forEach(operation -> unread(operation, e, ended));
            return List.of();
        }
        Keeps keeps = Keeps.read(situation.journal());
        Map<ResourceRef, Resource> present = present(captures);
        List<Ready> ready = new ArrayList<>();
        for (int index = 0; index < free.size(); index++) {
            PlannedOperation operation = free.get(index);
            Capture capture = captures.get(index);
            if (capture instanceof Capture.Unknown unknown) {
                unread(operation, unknown.error(), ended);
            } else if (capture instanceof Capture.Present seen) {
                Resource resource = Objects.requireNonNull(present.get(seen.ref()));
                Optional<Objection> objection = objection(operation, resource, keeps);
                if (objection.isPresent()) {
                    ended.add(kept(operation, objection.get()));
                } else {
                    ready.add(new Ready(operation, announce(operation, resource).snapshot("before", seen.state())));
                }
            } else {
                ended.add(skip(operation, Outcome.SKIPPED, "already gone"));
            }
        }
        return ready;
    }

    /** What is there, with what its system tells about its use now. */
    private Map<ResourceRef, Resource> present(List<Capture> captures) {
        List<Resource> resources = captures.stream()
                .filter(Capture.Present.class::isInstance)
                .map(capture -> ((Capture.Present) capture).resource())
                .toList();
        return Idle.asked(reader, resources, situation.minIdle()).stream()
                .collect(Collectors.toMap(Resource::ref, resource -> resource));
    }

    /** With a {@code then}, the planned class is the weakest of both; undo of the action alone has the action's own. */
    private Draft announce(PlannedOperation operation, Resource resource) {
        Draft draft = intent(operation);
        if (operation.then().isEmpty()) {
            return draft;
        }
        Reversible own = connector.reversible(operation.action(), resource, operation.instructions());
        return draft.data("actionReversibility", own.reversibility().word())
                .data("actionLost", Entries.texts(own.lost()));
    }

    private Optional<Objection> objection(PlannedOperation operation, Resource resource, Keeps keeps) {
        Instant now = situation.clock().instant();
        Optional<String> untouchable = Guards.touching(resource, operation.instructions());
        if (untouchable.isPresent()) {
            return untouchable.map(Objection::lasting);
        }
        if (!resource.fingerprint().equals(operation.fingerprint())) {
            return Optional.of(Objection.lasting("changed since the plan was made"));
        }
        return keeps.objection(operation.ref(), now)
                .or(() -> Idle.objection(resource.use(), situation.minIdle(), now)
                        .map(idle -> new Objection("since the plan was made: " + idle.reason(), idle.until())));
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
            putOff(PutOff.of(operation, error));
        } else {
            ended.add(skip(operation, Outcome.FAILED, error.getMessage() + "; " + error.remedy()));
        }
    }

    @Override
    List<Answer> send(Writer writer, List<Task> tasks) {
        return writer.apply(tasks.stream().map(Order.class::cast).toList());
    }
}
