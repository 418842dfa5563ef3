package dev.sweepback.cli;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.JournalException;
import dev.sweepback.store.SqlJournal;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The emergency stop where a pause cannot be recorded, as on a full disk: the process that acts is stopped. */
final class StopInstead {

    private static final Pattern PROCESS = Pattern.compile("process (\\d+)");
    private static final String STOPS = "asked to stop, it begins no operation any more and settles those in flight";

    private StopInstead() {}

    static Failure of(RuntimeException cause, Path database) {
        Failure failure = new Failure(
                ExitCode.FAILURE,
                "journal",
                "nothing is paused: " + cause.getMessage(),
                database.toString(),
                remedy(database) + "; pause once that is put right");
        failure.initCause(cause);
        return failure;
    }

    private static String remedy(Path database) {
        Optional<String> holder;
        try {
            holder = ActingLock.holder(SqlJournal.folder(database));
        } catch (JournalException | UncheckedIOException cannotTell) {
            return "stop `serve`, if it runs (systemctl stop, docker stop -t 120, or kill and its process id): "
                    + STOPS;
        }
        return holder.map(who -> "stop what acts instead, which is " + who + ": " + kill(who)
                        + " (or systemctl stop, docker stop -t 120); " + STOPS)
                .orElse("nothing acts on this store now: start neither `serve` nor `run`");
    }

    private static String kill(String who) {
        Matcher process = PROCESS.matcher(who);
        return "kill " + (process.find() ? process.group(1) : "and its process id");
    }
}
