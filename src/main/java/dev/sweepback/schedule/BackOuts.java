package dev.sweepback.schedule;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Run;
import dev.sweepback.run.Cleanup;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the checks of runs that are watched, and takes back what failed checks left. */
final class BackOuts {

    private static final Logger LOG = LoggerFactory.getLogger(BackOuts.class);

    private final Cleanup cleanup;
    private final JobFiles files;
    private final Round round;

    BackOuts(Cleanup cleanup, JobFiles files, Clock clock) {
        this.cleanup = cleanup;
        this.files = files;
        this.round = new Round(clock);
    }

    /** The journal tells news: a run may have ended. */
    void news() {
        round.news();
    }

    boolean isTime() {
        return round.isTime();
    }

    /** To be called before anything is looked at, so that later news are not lost. */
    void begin() {
        round.begin();
    }

    /** Asks the checks of what is watched. Waits for systems, and changes nothing but the record. */
    void watch() {
        for (Entry ended : cleanup.watch(files.current(), Work.NOTE)) {
            LOG.info(
                    "the watch of run {} of job {} has ended: {}",
                    ended.run().orElseThrow(),
                    ended.job().orElse(""),
                    ended.reason().orElse(""));
        }
    }

    /** @return the undos that were made */
    List<Run> takeBack() {
        List<Run> undos = cleanup.backOut(Work.NOTE);
        undos.forEach(BackOuts::tell);
        return undos;
    }

    static void tell(Run undo) {
        LOG.warn(
                "{}: run {} takes back run {} of job {}: {}",
                undo.started().reason().orElse(""),
                undo.id(),
                undo.undoOf().orElseThrow(),
                undo.job(),
                TripwireLooks.result(undo));
    }
}
