package dev.sweepback.run;

import dev.sweepback.connector.Pace;
import dev.sweepback.connector.Rate;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Keeps all threads of a run to the rate of its policy. */
final class Pacing {

    private final Optional<Rate> rate;
    private final Optional<Pace> pace;
    private final Clock clock;
    private final Pause pause;
    private final StopSignal stop;

    Pacing(Optional<Rate> rate, Clock clock, Pause pause, StopSignal stop) {
        this.rate = rate;
        this.pace = rate.map(Pace::new);
        this.clock = clock;
        this.pause = pause;
        this.stop = stop;
    }

    /** How many may go together: not more than a second's, so that no second has more. */
    int most(int batch) {
        return rate.map(known -> Math.min(batch, known.perSecond())).orElse(batch);
    }

    /** Returns when these operations may begin, or the process is asked to stop; others wait behind. */
    synchronized void await(int operations) {
        pace.ifPresent(known -> {
            Instant now = clock.instant();
            pause.until(now.plus(known.ahead(nanos(now))), clock, stop);
            known.passed(operations, nanos(clock.instant()));
        });
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }
}
