package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** How far archiving, or taking it back, has come. */
final class FlagProgress {

    private FlagProgress() {}

    static Progress of(Task task, Capture now) {
        if (now instanceof Capture.Unknown) {
            return Progress.UNKNOWN;
        }
        State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
        return task instanceof Reversal reversal ? reversed(reversal, state) : archived((Order) task, state);
    }

    private static Progress archived(Order order, State now) {
        if (FlagState.isArchived(now)) {
            return Progress.DONE;
        }
        return now.sameAs(order.before()) ? Progress.NOT_BEGUN : Progress.FOREIGN;
    }

    private static Progress reversed(Reversal reversal, State now) {
        if (now.sameAs(reversal.before())) {
            return Progress.DONE;
        }
        if (isAsLeft(reversal, now)) {
            return Progress.NOT_BEGUN;
        }
        return isHalfRevived(reversal.before(), now) ? Progress.PARTLY : Progress.FOREIGN;
    }

    /** Whether the flag lies in the archive as it was put there, which was as it is to come back. */
    static boolean isAsLeft(Reversal reversal, State now) {
        return now.sameAs(reversal.after())
                && FlagState.isArchived(now)
                && FlagState.isUnchanged(reversal.before(), now);
    }

    /** Whether the flag lives and differs only in what reviving loses and undo applies again. */
    static boolean isHalfRevived(State before, State now) {
        if (now.isAbsent() || FlagState.isArchived(now) || before.isAbsent() || FlagState.isArchived(before)) {
            return false;
        }
        return before.differences(now).stream()
                .allMatch(pointer -> isLeftBehind(pointer, before.content(), now.content()));
    }

    private static boolean isLeftBehind(String pointer, JsonNode before, JsonNode now) {
        List<String> path = List.of(pointer.substring(1).split("/", -1));
        JsonNode was = before.at(JsonPointer.compile(pointer));
        JsonNode is = now.at(JsonPointer.compile(pointer));
        if (path.get(0).equals("dependencies")) {
            return path.size() == 2 && is.isMissingNode();
        }
        if (!path.get(0).equals("environments")) {
            return false;
        }
        return path.size() == 3 && path.get(2).equals("enabled") && was.asBoolean(false) && !is.asBoolean(true);
    }
}
