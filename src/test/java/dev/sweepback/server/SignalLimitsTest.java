package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.SettableClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many signals are looked at. */
class SignalLimitsTest {

    private final SettableClock clock = new SettableClock();

    @Test
    void aSourceMaySendItsMinuteAtOnceAndThenEvenly() {
        SignalLimits limits = new SignalLimits(3, clock);

        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).contains(Duration.ofSeconds(20));

        clock.advance(Duration.ofSeconds(15));
        assertThat(limits.take("a")).contains(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isPresent();
    }

    @Test
    void whatIsNotSentIsNotSavedUpBeyondAMinute() {
        SignalLimits limits = new SignalLimits(2, clock);
        clock.advance(Duration.ofDays(3));

        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isPresent();
    }

    @Test
    void aClockThatIsSetBackNeitherFillsNorBlocksForLong() {
        SignalLimits limits = new SignalLimits(1, clock);
        limits.take("a");

        clock.advance(Duration.ofDays(-1));
        assertThat(limits.take("a")).contains(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        assertThat(limits.take("a")).isEmpty();
    }

    @Test
    void aSourceOverItsLimitTakesNothingFromOthers() {
        SignalLimits limits = new SignalLimits(2, clock);
        for (int count = 0; count < 1000; count++) {
            limits.take("flood");
        }

        assertThat(limits.take("b")).isEmpty();
    }

    @Test
    void allTogetherHaveALimitToo() {
        SignalLimits limits = new SignalLimits(2, clock);
        int letIn = 0;
        for (int source = 0; source < 1000; source++) {
            letIn += limits.take("source " + source).isEmpty() ? 1 : 0;
        }

        assertThat(letIn).isEqualTo(2 * SignalLimits.OF_ALL);
        assertThat(limits.take("another")).isEqualTo(Optional.of(Duration.ofSeconds(3)));
    }

    @Test
    void onlySoManySourcesAreRemembered() {
        SignalLimits limits = new SignalLimits(1, clock);
        for (int source = 0; source < 20_000; source++) {
            limits.take("source " + source);
        }

        assertThat(limits.sources()).isEqualTo(10_000);
    }
}
