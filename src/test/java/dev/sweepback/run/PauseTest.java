package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PauseTest {

    private static final Instant START = Instant.parse("2026-11-02T20:00:00Z");

    /** A clock that is set back after it was read once. */
    private static final class SetBack extends Clock {
        private boolean read;

        @Override
        public Instant instant() {
            Instant now = read ? START.minus(Duration.ofDays(30)) : START;
            read = true;
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    @Timeout(60)
    void nobodyWaitsForAClockThatWasSetBackMeanwhile() {
        Pause.real(new SetBack()).until(START.plusMillis(1));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whoeverIsAskedToStopWaitsNoFurther() {
        WorldClock clock = new WorldClock();
        Instant begun = clock.instant();
        StopSignal stop = new StopSignal();
        List<Instant> waited = new ArrayList<>();
        Pause pause = instant -> {
            clock.until(instant);
            waited.add(instant);
            if (waited.size() == 3) {
                stop.raise();
            }
        };

        pause.until(begun.plusSeconds(60), clock, stop);

        assertThat(waited).containsExactly(begun.plusSeconds(1), begun.plusSeconds(2), begun.plusSeconds(3));
    }

    @Test
    void whoIsNotAskedToStopWaitsToTheEnd() {
        WorldClock clock = new WorldClock();
        Instant end = clock.instant().plusMillis(2500);

        clock.until(end, clock, new StopSignal());

        assertThat(clock.instant()).isEqualTo(end);
    }
}
