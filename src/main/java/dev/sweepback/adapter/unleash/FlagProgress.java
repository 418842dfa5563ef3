package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.util.List;

/** How far an action on a flag, or taking it back, has come. Asks the server only where its record has to tell. */
final class FlagProgress {

    private final UnleashApi api;

    FlagProgress(UnleashApi api) {
        this.api = api;
    }

    Progress of(Task task, Capture now) {
        if (now instanceof Capture.Unknown) {
            return Progress.UNKNOWN;
        }
        State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
        return task instanceof Reversal reversal ? reversed(reversal, state) : applied((Order) task, state);
    }

    /** A flag that is gone is used no more, as one that is archived, marked or off; but it cannot be put back. */
    private static Progress applied(Order order, State now) {
        State before = order.before();
        if (now.isAbsent()) {
            return Progress.DONE;
        }
        return switch (order.action()) {
            case UnleashFlags.STALE -> ThreeWay.progress(before, FlagState.withStale(before, true), now);
            case UnleashFlags.DISABLE -> disabled(before, now, order.instructions());
            case UnleashFlags.REMOVE -> removed(before, now);
            default -> FlagState.isArchived(now) ? Progress.DONE : untouched(before, now);
        };
    }

    private static Progress untouched(State before, State now) {
        return now.sameAs(before) ? Progress.NOT_BEGUN : Progress.FOREIGN;
    }

    private static Progress disabled(State before, State now, Instructions instructions) {
        if (!FlagState.hasEnvironment(before, instructions)) {
            return Progress.FOREIGN;
        }
        List<String> toSwitchOff = FlagState.toSwitchOff(before, instructions);
        Progress progress = ThreeWay.progress(before, FlagState.withOff(before, toSwitchOff), now);
        return progress == Progress.FOREIGN && isOnlyOff(before, now, toSwitchOff) ? Progress.PARTLY : progress;
    }

    private static Progress removed(State before, State now) {
        return isArchivedOnly(before, now) ? Progress.PARTLY : untouched(before, now);
    }

    private Progress reversed(Reversal reversal, State now) {
        if (isStill(reversal.before(), now)) {
            return Progress.DONE;
        }
        return switch (reversal.action()) {
            case UnleashFlags.STALE -> isStill(reversal.after(), now) ? Progress.NOT_BEGUN : Progress.FOREIGN;
            case UnleashFlags.DISABLE -> enabled(reversal, now);
            case UnleashFlags.REMOVE -> reversal.after().isAbsent() ? recreated(reversal, now) : revived(reversal, now);
            default -> revived(reversal, now);
        };
    }

    private static Progress enabled(Reversal reversal, State now) {
        if (isStill(reversal.after(), now)) {
            return Progress.NOT_BEGUN;
        }
        boolean halfWay = !reversal.after().isAbsent()
                && isOnlyOff(
                        reversal.before(),
                        now,
                        Gap.between(reversal.before(), reversal.after()).off());
        return halfWay ? Progress.PARTLY : Progress.FOREIGN;
    }

    private Progress revived(Reversal reversal, State now) {
        if (isAsLeft(reversal, now)) {
            return Progress.NOT_BEGUN;
        }
        return isHalfRevived(reversal, now) ? Progress.PARTLY : Progress.FOREIGN;
    }

    /**
     * A flag that undo created has the time of creation and all else of the one before, to the millisecond; it is put together
     * in the archive. A stranger's of the same name is never taken for it.
     */
    private static Progress recreated(Reversal reversal, State now) {
        if (now.isAbsent()) {
            return Progress.NOT_BEGUN;
        }
        Gap gap = Gap.between(reversal.before(), now);
        boolean ours = FlagState.isArchived(now) ? gap.others().isEmpty() : gap.lacksNothing();
        return ours ? Progress.PARTLY : Progress.FOREIGN;
    }

    /** Whether the flag lies in the archive as it was put there, which was as it is to come back. */
    private boolean isAsLeft(Reversal reversal, State now) {
        if (!FlagState.isArchived(now) || !FlagState.isArchived(reversal.after())) {
            return false;
        }
        if (now.sameAs(reversal.after())) {
            return isArchivedOnly(reversal.before(), now);
        }
        // undo of a removal put it back there a moment ago
        return isStill(reversal.after(), now)
                && Gap.between(reversal.before(), now).lacksNothing()
                && wasRecreated(reversal);
    }

    /** Whether the flag lives and lacks only what reviving, or creating it again, loses and undo applies again. */
    private boolean isHalfRevived(Reversal reversal, State now) {
        if (now.isAbsent() || FlagState.isArchived(now)) {
            return false;
        }
        Gap gap = Gap.between(reversal.before(), now);
        return gap.lacksNothing() && (gap.links().isEmpty() || wasRecreated(reversal));
    }

    /** Whether the flag is another one than the action left: then it has lost its links, and they may be added. */
    boolean wasRecreated(Reversal reversal) {
        return reversal.after().isAbsent()
                || api.wasCreatedAfter(reversal.resource().id(), FlagState.archivedAt(reversal.after()));
    }

    /** Whether it is the expected one, or that one created again. */
    private static boolean isStill(State expected, State now) {
        return now.sameAs(expected)
                || (!now.isAbsent()
                        && !expected.isAbsent()
                        && Gap.between(expected, now).isNothing());
    }

    private static boolean isOnlyOff(State before, State now, List<String> allowed) {
        if (now.isAbsent()) {
            return false;
        }
        Gap gap = Gap.between(before, now);
        return !gap.archived()
                && gap.lacksNothing()
                && gap.links().isEmpty()
                && gap.parents().isEmpty()
                && allowed.containsAll(gap.off());
    }

    /** Whether the flag lived and lies in the archive now, with nothing else changed. */
    private static boolean isArchivedOnly(State before, State now) {
        if (before.isAbsent() || now.isAbsent()) {
            return false;
        }
        Gap gap = Gap.between(before, now);
        return gap.archived() && gap.lacksNothing() && FlagState.sameEnvironmentsOn(before, now);
    }
}
