package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;

/** Reads a flag right before a task is sent, and lets through only what may be. */
final class FlagTasks {

    private final UnleashApi api;
    private final FlagCaptures captures;
    private final FlagProgress progress;

    FlagTasks(UnleashApi api) {
        this.api = api;
        this.captures = new FlagCaptures(api);
        this.progress = new FlagProgress(api);
    }

    /** @param state how the flag is now */
    record Seen(Progress progress, State state) {

        boolean isDone() {
            return progress == Progress.DONE;
        }
    }

    /**
     * How far the task has come: done, not begun or partly.
     *
     * @throws dev.sweepback.connector.ConnectorException if that cannot be read, or somebody changed the flag
     */
    Seen look(Task task) {
        Capture now = captures.capture(task.resource().id());
        if (now instanceof Capture.Unknown unknown) {
            throw unknown.error();
        }
        State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
        Progress found = progress.of(task, now);
        if (found != Progress.FOREIGN) {
            return new Seen(found, state);
        }
        String flag = "the flag '" + task.resource().id() + "' ";
        if (state.isAbsent()) {
            throw api.failure(
                    Kind.CONFLICT,
                    flag + "is gone and cannot be changed any more",
                    "create it again by hand; its snapshot is in the journal");
        }
        throw api.failure(
                Kind.CONFLICT,
                flag + (task instanceof Reversal ? "was changed after it was acted on" : "was changed meanwhile")
                        + "; it was left alone",
                "look at the flag in Unleash and decide by hand");
    }

    boolean wasRecreated(Reversal reversal) {
        return progress.wasRecreated(reversal);
    }
}
