package dev.sweepback.run;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Changes a {@link FakeSystem}.
 *
 * @param beforeSend done before each batch
 * @param sent keeps what was sent
 */
record FakeWriter(FakeThings things, FakeTroubles troubles, Runnable beforeSend, List<String> sent) implements Writer {

    @Override
    public List<Answer> apply(List<Order> orders) {
        return all(orders);
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return all(reversals);
    }

    private List<Answer> all(List<? extends Task> tasks) {
        synchronized (things) {
            beforeSend.run();
            return tasks.stream().map(this::send).toList();
        }
    }

    private Answer send(Task task) {
        String id = task.resource().id();
        sent.add((task instanceof Reversal ? "undo " : "") + task.action() + " " + id);
        Optional<FakeTroubles.Trouble> trouble = troubles.next(id);
        if (trouble.isPresent()) {
            trouble.get().effectAfter().ifPresent(wait -> things.carryOutAfter(wait, task));
            return new Answer.Failed(troubles.error(trouble.get().kind(), "did not answer well"));
        }
        List<ResourceRef> taken = things.takenAlong(id);
        if (!troubles.isInVain(id)) {
            things.carryOut(task);
        }
        return new Answer.Accepted(Optional.of("request-" + sent.size()), taken, Optional.empty());
    }

    @Override
    public void close() {
        // nothing is open
    }
}
