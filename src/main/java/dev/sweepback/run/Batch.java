package dev.sweepback.run;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.SendWindow;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.PlannedOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few operations on one connection and kind, carried out together: checked, announced in one commit, sent, looked at, and
 * settled in one commit. The order of these is what keeps the invariants; it is the same for apply and revert.
 */
abstract class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /** An operation that passed its check, with the draft that announces it. */
    record Ready(PlannedOperation operation, Draft intent) {}

    /** An operation that is announced. */
    record Sent(PlannedOperation operation, Entry intent, Task task) {}

    final Situation situation;
    final List<PlannedOperation> operations;
    final Connector connector;
    final Connection connection;
    final Reader reader;
    private final Map<OperationId, PutOff.Wait> waits = new HashMap<>();

    Batch(Situation situation, List<PlannedOperation> operations) {
        this.situation = situation;
        this.operations = List.copyOf(operations);
        String name = operations.get(0).ref().connection();
        String kind = operations.get(0).ref().kind();
        this.connector = situation.systems().connector(name, kind);
        this.connection = situation.systems().connection(name);
        this.reader = situation.systems().reader(name, kind);
    }

    /** Looks at each resource right before acting; what may not or need not be done goes to {@code ended}. */
    abstract List<Ready> check(List<PlannedOperation> free, List<Draft> ended);

    /** The addresses under which Sweepback acted on the resource, the present one last. */
    List<ResourceRef> addresses(ResourceRef ref) {
        return List.of(ref);
    }

    final boolean reverts() {
        return operations.get(0).sign() == '+';
    }

    final void putOff(PlannedOperation operation, ConnectorException error) {
        waits.put(operation.id(), wait(error));
    }

    /** Nothing of it is begun. */
    final void putOffAll(PutOff.Wait wait) {
        operations.forEach(operation -> waits.put(operation.id(), wait));
    }

    private PutOff.Wait wait(ConnectorException error) {
        return PutOff.Wait.of(error, situation.clock().instant());
    }

    /** What was put off; to be asked once it was carried out. */
    final PutOff putOff() {
        return new PutOff(waits);
    }

    abstract List<Answer> send(Writer writer, List<Task> tasks);

    /** @return the operations whose answer left it open what happened: to be looked at after their deadline */
    final List<Sent> carryOut() {
        Set<ResourceRef> claimed = new HashSet<>();
        try {
            return carryOut(claimed);
        } finally {
            situation.systems().claims().release(claimed);
        }
    }

    private List<Sent> carryOut(Set<ResourceRef> claimed) {
        List<Draft> drafts = new ArrayList<>();
        List<PlannedOperation> free = free(claimed, drafts);
        List<Ready> ready = free.isEmpty() ? List.of() : check(free, drafts);
        int ended = drafts.size();
        long begun = System.nanoTime();
        Duration window =
                Settling.window(connection.timeouts().whole(), reverts(), ready.size(), connection.concurrency());
        Instant now = situation.clock().instant();
        ready.forEach(item -> drafts.add(Settling.withDeadline(item.intent(), now, window)));
        if (drafts.isEmpty()) {
            return List.of();
        }
        List<Entry> entries = situation.journal().append(drafts);
        List<Sent> announced = new ArrayList<>();
        for (int index = 0; index < ready.size(); index++) {
            Entry intent = entries.get(ended + index);
            // Read back from the store and decrypted: a snapshot that cannot be read again does not count.
            announced.add(new Sent(ready.get(index).operation(), intent, Entries.task(intent, situation.journal())));
        }
        Duration left = window.minusNanos(System.nanoTime() - begun);
        return announced.isEmpty() ? List.of() : settle(announced, SendWindow.within(left, () -> answers(announced)));
    }

    /** Nothing is done to a resource while another operation on it is under way, or it is not known how one ended. */
    private List<PlannedOperation> free(Set<ResourceRef> claimed, List<Draft> ended) {
        List<PlannedOperation> free = new ArrayList<>();
        for (PlannedOperation planned : operations) {
            List<ResourceRef> addresses = addresses(planned.ref());
            PlannedOperation operation = planned.at(addresses.get(addresses.size() - 1));
            if (!situation.systems().claims().take(addresses)) {
                ended.add(skip(operation, Outcome.FAILED, "another run is acting on it right now: try again"));
                continue;
            }
            claimed.addAll(addresses);
            Optional<OperationRecord> unsettled =
                    addresses.stream().flatMap(this::unsettled).findFirst();
            if (unsettled.isPresent()) {
                ended.add(skip(
                        operation,
                        Outcome.FAILED,
                        "operation " + unsettled.get().id()
                                + " on it is not settled yet: look again with sweepback status"));
            } else {
                free.add(operation);
            }
        }
        return free;
    }

    private Stream<OperationRecord> unsettled(ResourceRef address) {
        return OperationRecord.fold(situation.journal().read(Query.all().resource(address))).stream()
                .filter(OperationRecord::open);
    }

    private List<Answer> answers(List<Sent> announced) {
        List<Task> tasks = announced.stream().map(Sent::task).toList();
        try {
            return send(
                    situation
                            .systems()
                            .writer(connection.name(), operations.get(0).ref().kind()),
                    tasks);
        } catch (ConnectorException e) {
            return tasks.stream().map(task -> (Answer) new Answer.Failed(e)).toList();
        }
    }

    private List<Sent> settle(List<Sent> announced, List<Answer> answers) {
        List<Look> looks = looks(announced);
        List<Draft> outcomes = new ArrayList<>();
        List<Sent> open = new ArrayList<>();
        for (int index = 0; index < announced.size(); index++) {
            Sent sent = announced.get(index);
            Answer answer = answers.get(index);
            Optional<ConnectorException> error =
                    answer instanceof Answer.Failed failed ? Optional.of(failed.error()) : Optional.empty();
            Look look = looks.get(index);
            error.filter(failure -> PutOff.isBy(failure) && isToBeComeBackTo(look))
                    .ifPresent(failure -> putOff(sent.operation(), failure));
            Optional<Draft> outcome = Settling.afterAnswer(
                    sent.task(), look, error, connector.descriptor(), sent.operation(), drafts(sent.operation()));
            if (outcome.isPresent()) {
                outcomes.add(evidence(outcome.get(), answer));
            } else if (isUnseenBeyondDeadline(sent, look)) {
                outcomes.add(unseen(sent, limit(look).orElseThrow()));
            } else {
                open.add(sent);
                LOG.warn(
                        "{} {}: not known yet whether it happened; looking again after {}",
                        sent.operation().action(),
                        sent.operation().ref(),
                        sent.intent().data("deadline").orElseThrow());
            }
        }
        if (!outcomes.isEmpty()) {
            situation.journal().append(outcomes);
        }
        return open;
    }

    private static boolean isToBeComeBackTo(Look look) {
        return switch (look.progress()) {
            case NOT_BEGUN, PARTLY, UNKNOWN -> true;
            case DONE, FOREIGN -> false;
        };
    }

    /** Settles what was left open, once the deadlines have passed. */
    final void settleLate(List<Sent> open) {
        List<Look> looks = looks(open);
        List<Draft> drafts = new ArrayList<>();
        for (int index = 0; index < open.size(); index++) {
            Sent sent = open.get(index);
            Look look = looks.get(index);
            if (!isToBeComeBackTo(look)) {
                waits.remove(sent.operation().id());
            }
            drafts.add(limit(look)
                    .map(error -> unseen(sent, error))
                    .orElseGet(() -> Settling.afterDeadline(
                            sent.task(), look, connector.descriptor(), sent.operation(), drafts(sent.operation()))));
        }
        situation.journal().append(drafts);
    }

    /** Its system takes no request before the deadline: nobody needs to wait for that to look in vain once more. */
    private boolean isUnseenBeyondDeadline(Sent sent, Look look) {
        Instant deadline = Instant.parse(sent.intent().data("deadline").orElseThrow());
        return limit(look)
                .filter(error -> wait(error).until().isAfter(deadline))
                .isPresent();
    }

    /** It stays open until its system takes requests again, and can be looked at. */
    private Draft unseen(Sent sent, ConnectorException limit) {
        putOff(sent.operation(), limit);
        return drafts(sent.operation())
                .unsettled()
                .reason(String.valueOf(limit.getMessage()))
                .data(ResumeAt.KEY, wait(limit).until().toString());
    }

    /** The limit for which nothing was seen. */
    private static Optional<ConnectorException> limit(Look look) {
        return look.progress() == Progress.UNKNOWN && look.now() instanceof Capture.Unknown unknown
                ? Optional.of(unknown.error()).filter(PutOff::isBy)
                : Optional.empty();
    }

    private List<Look> looks(List<Sent> announced) {
        List<Task> tasks = announced.stream().map(Sent::task).toList();
        try {
            return reader.look(tasks);
        } catch (ConnectorException e) {
            return tasks.stream().map(task -> Look.unknown(task, e)).toList();
        }
    }

    private static Draft evidence(Draft outcome, Answer answer) {
        if (!(answer instanceof Answer.Accepted accepted)) {
            return outcome;
        }
        Draft draft = outcome;
        if (accepted.requestId().isPresent()) {
            draft = draft.data("requestId", accepted.requestId().get());
        }
        if (accepted.unseen().isPresent()) {
            draft = draft.data("unseen", accepted.unseen().get());
        }
        return accepted.taken().isEmpty()
                ? draft
                : draft.data(
                        "taken",
                        Entries.texts(accepted.taken().stream()
                                .map(ResourceRef::toString)
                                .toList()));
    }

    final Draft intent(PlannedOperation operation) {
        return Entries.intent(situation.run(), operation, situation.actor());
    }

    final Draft skip(PlannedOperation operation, Outcome outcome, String reason) {
        return Entries.skipped(situation.run(), operation, situation.actor(), outcome, reason);
    }

    final Settling.Drafts drafts(PlannedOperation operation) {
        return new OutcomeDrafts(situation.run(), operation, situation.actor());
    }
}
