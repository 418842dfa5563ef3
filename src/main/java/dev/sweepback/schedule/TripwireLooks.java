package dev.sweepback.schedule;

import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Item;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Looked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a minute whether what quarantines hold is used, and puts back at once what is. Looks take at most a tenth of the
 * time: after a long one comes a longer rest.
 */
final class TripwireLooks {

    static final Duration EVERY = Duration.ofMinutes(1);
    private static final int REST = 9;

    private static final Logger LOG = LoggerFactory.getLogger(TripwireLooks.class);

    private final Cleanup cleanup;
    private final Clock clock;
    private final Consumer<Looked> record;
    private final Said said = new Said();
    private volatile Instant last = Instant.MIN;
    private volatile Instant next = Instant.MIN;

    /** @param record told of each look that had something to look at; may throw */
    TripwireLooks(Cleanup cleanup, Clock clock, Consumer<Looked> record) {
        this.cleanup = cleanup;
        this.clock = clock;
        this.record = record;
    }

    /** A clock that was set back makes no look wait. */
    boolean isTime() {
        Instant now = clock.instant();
        return !now.isBefore(next) || now.isBefore(last);
    }

    /** Empty if it is not time yet. Waits for systems, and changes nothing. */
    Optional<Looked> look() {
        if (!isTime()) {
            return Optional.empty();
        }
        Instant begun = clock.instant();
        // Set first, as a look that fails altogether must not be repeated at once either.
        last = begun;
        next = begun.plus(EVERY);
        Looked looked = cleanup.look(Optional.empty());
        Instant ended = clock.instant();
        Instant rested = ended.plus(Duration.between(begun, ended).multipliedBy(REST));
        next = rested.isAfter(next) ? rested : next;
        tell(looked);
        return Optional.of(looked);
    }

    private void tell(Looked looked) {
        tellWhatIsNotKnown(looked);
        if (looked.watched() > 0) {
            try {
                record.accept(looked);
                said.forget("record");
            } catch (RuntimeException e) {
                if (said.isNew("record", String.valueOf(e.getMessage()))) {
                    LOG.warn("{}; status shows an older look until this works again", e.getMessage());
                }
            }
        }
    }

    /** The first of them, as one system that does not answer keeps many from being known; status has all. */
    private void tellWhatIsNotKnown(Looked looked) {
        if (looked.notKnown().isEmpty()) {
            said.forget("unknown");
            return;
        }
        Item first = looked.notKnown().get(0);
        String what = looked.notKnown().size() + " of " + looked.watched() + " things, such as " + first.ref() + ": "
                + first.reason();
        if (said.isNew("unknown", what)) {
            LOG.warn("tripwire: {}; looked at again within minutes, and none of them is removed meanwhile", what);
        }
    }

    /** @return the undos that were made */
    List<Run> putBack(Looked looked) {
        List<Run> undos = cleanup.putBack(looked, Work.NOTE);
        undos.forEach(TripwireLooks::tell);
        return undos;
    }

    private static void tell(Run undo) {
        LOG.warn(
                "{}; run {} puts it back: {}; job {} does nothing more for upgrade {} until it is enabled again",
                undo.started().reason().orElse("tripwire"),
                undo.id(),
                result(undo),
                undo.job(),
                undo.upgrade().map(Object::toString).orElse("-"));
    }

    static String result(Run undo) {
        String word = undo.state().word();
        if (undo.count(Outcome.CONFLICT) > 0) {
            return word + ", somebody has changed it since, and it is left alone";
        }
        return switch (undo.state()) {
            case SUCCEEDED -> word;
            case PAUSED -> word + ", gone on with " + DaemonLog.goneOnWith(undo);
            case RUNNING, STOPPED, PARTIAL, FAILED, UNSETTLED, UNDONE, REFUSED -> word + ", tried again within an hour";
        };
    }
}
