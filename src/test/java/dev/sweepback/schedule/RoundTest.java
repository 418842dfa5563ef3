package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.run.WorldClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the daemon looks again. */
class RoundTest {

    private final WorldClock clock = new WorldClock();
    private final Round round = new Round(clock);

    @Test
    void itComesOnceAMinute() {
        assertThat(round.isTime()).isTrue();
        round.begin();
        assertThat(round.isTime()).as("while it is under way, too").isFalse();

        clock.until(clock.instant().plus(Duration.ofSeconds(59)));
        assertThat(round.isTime()).isFalse();

        clock.until(clock.instant().plus(Duration.ofSeconds(1)));
        assertThat(round.isTime()).isTrue();
    }

    @Test
    void newsWhileItIsUnderWayAreNotLost() {
        round.begin();
        round.news();

        assertThat(round.isTime()).isTrue();
    }
}
