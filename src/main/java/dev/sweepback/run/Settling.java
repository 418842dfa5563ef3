package dev.sweepback.run;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Outcome;
import dev.sweepback.plan.PlannedOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a look found into the outcome of an operation. The only place where that is decided. */
final class Settling {

    private static final String UNSEEN = "what went along with it was not seen";

    private Settling() {}

    /** Makes the drafts that end, or fail to end, the operation at hand. */
    interface Drafts {
        Draft outcome(Outcome outcome);

        Draft unsettled();
    }

    /**
     * After the answer: the read-back decides, the answer only explains. Empty while it may still happen: where the answer was
     * lost, nothing but the goal itself tells, before the deadline, that nothing more will come.
     */
    static Optional<Draft> afterAnswer(
            Task task,
            Look look,
            Optional<ConnectorException> error,
            Descriptor descriptor,
            PlannedOperation operation,
            Drafts drafts) {
        boolean mayStillHappen = error.filter(ConnectorException::mayHaveActed).isPresent();
        if (look.progress() == Progress.UNKNOWN || (mayStillHappen && look.progress() != Progress.DONE)) {
            return Optional.empty();
        }
        Draft draft = look.progress() == Progress.NOT_BEGUN
                ? drafts.outcome(error.filter(PutOff::isBy).isPresent() ? Outcome.NOT_DONE : Outcome.FAILED)
                        .reason("the system accepted it, and nothing has changed")
                : settled(task, look, descriptor, operation, drafts);
        Draft explained = explained(draft.data("settledBy", "answer"), error);
        return Optional.of(
                error.isPresent() && tookUnseen(task, look, descriptor) ? explained.data("unseen", UNSEEN) : explained);
    }

    /** After the deadline, when nothing of the operation can be under way any more: only the look counts. */
    static Draft afterDeadline(Task task, Look look, Descriptor descriptor, PlannedOperation operation, Drafts drafts) {
        if (look.progress() == Progress.UNKNOWN && look.now() instanceof Capture.Unknown unknown) {
            return drafts.unsettled().reason(String.valueOf(unknown.error().getMessage()));
        }
        Draft draft = settled(task, look, descriptor, operation, drafts).data("settledBy", "look");
        return tookUnseen(task, look, descriptor) ? draft.reason(UNSEEN).data("unseen", UNSEEN) : draft;
    }

    /** What may take others along and was found done, not answered: nobody compared before and after. */
    private static boolean tookUnseen(Task task, Look look, Descriptor descriptor) {
        return task instanceof Order && look.progress() == Progress.DONE && descriptor.takesAlong();
    }

    private static Draft settled(
            Task task, Look look, Descriptor descriptor, PlannedOperation operation, Drafts drafts) {
        return switch (look.progress()) {
            case DONE -> done(task, look, descriptor, operation, drafts);
            case NOT_BEGUN -> drafts.outcome(Outcome.NOT_DONE).reason("it never happened");
            case PARTLY -> partly(task, look, drafts);
            case FOREIGN ->
                drafts.outcome(Outcome.FOREIGN)
                        .reason("found in a state that is not of our making")
                        .data("differs", Entries.texts(task.before().differences(state(look.now()))));
            case UNKNOWN -> drafts.unsettled();
        };
    }

    /** All that is seen of a half applied operation is of our making, so undo can take it back. */
    private static Draft partly(Task task, Look look, Drafts drafts) {
        Draft draft = drafts.outcome(Outcome.PARTLY).reason("half done: to be finished");
        return task instanceof Order ? draft.snapshot("after", state(look.now())) : draft;
    }

    private static Draft done(Task task, Look look, Descriptor descriptor, PlannedOperation operation, Drafts drafts) {
        State now = state(look.now());
        boolean changedNothing = task instanceof Order && task.before().sameAs(now);
        boolean goneBefore = task instanceof Order && now.isAbsent() && leaves(task, descriptor);
        Draft draft = drafts.outcome(changedNothing || goneBefore ? Outcome.ALREADY : Outcome.DONE)
                .snapshot("after", now);
        if (goneBefore) {
            draft = draft.reason("somebody has removed it meanwhile");
        }
        if (!look.resource().equals(task.resource())) {
            draft = draft.data("now", look.resource().toString());
        }
        if (look.handedOver().isPresent()) {
            draft = draft.data(
                    HandedOverJson.KEY, HandedOverJson.write(look.handedOver().get()));
        }
        if (task instanceof Reversal) {
            // the class of this very resource: the descriptor has only the strongest that the action can have
            List<String> differs = differs(task, look, operation);
            return draft.data("result", result(operation.reversibility(), differs))
                    .data("differs", Entries.texts(differs));
        }
        return draft;
    }

    /** What should only be disabled, or archived, and is gone was removed by somebody else. */
    private static boolean leaves(Task task, Descriptor descriptor) {
        return descriptor.action(task.action()).orElseThrow().leaves();
    }

    /** With what undo could not bring back: the planned losses of a lossy operation, and whatever the comparison shows. */
    private static List<String> differs(Task task, Look look, PlannedOperation operation) {
        Reversibility reversibility = operation.reversibility();
        List<String> differs = new ArrayList<>();
        if (reversibility == Reversibility.LOSSY) {
            differs.addAll(operation.lost());
        }
        if (reversibility != Reversibility.REISSUE) {
            differs.addAll(task.before().differences(state(look.now())));
        }
        return differs;
    }

    private static String result(Reversibility reversibility, List<String> differs) {
        if (reversibility == Reversibility.REISSUE) {
            return "reissued";
        }
        return differs.isEmpty() ? "exact" : "lossy";
    }

    static State state(Capture capture) {
        return capture instanceof Capture.Present present ? present.state() : State.ABSENT;
    }

    private static Draft explained(Draft draft, Optional<ConnectorException> error) {
        return error.map(failure -> draft.reason(failure.getMessage() + "; " + failure.remedy()))
                .orElse(draft);
    }

    /** Says in an intent until when it may still send, and how long that is. */
    static Draft withDeadline(Draft intent, Instant now, Duration window) {
        return intent.data("deadline", now.plus(window).toString()).data("window", window.toString());
    }

    /** When nothing of the operation can be under way any more. A clock that was set back meanwhile prolongs no wait. */
    static Instant over(Entry intent, Instant seen) {
        Instant deadline = Instant.parse(intent.data("deadline").orElseThrow());
        return intent.data("window")
                .map(window -> seen.plus(Duration.parse(window)))
                .filter(deadline::isAfter)
                .orElse(deadline);
    }

    /**
     * How long after its announcement an operation may still send; its deadline is when that is over. A batch gets more, as
     * its items can only go side by side as far as the connection's concurrency allows.
     */
    static Duration window(Duration whole, boolean revert, int items, int concurrency) {
        int turns = (items + concurrency - 1) / concurrency;
        return whole.multipliedBy((revert ? 4L : 2L) + Math.max(0, turns - 1));
    }
}
