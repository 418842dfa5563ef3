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

        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).contains(Duration.ofSeconds(20));

        clock.advance(Duration.ofSeconds(15));
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).contains(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isPresent();
    }

    @Test
    void whatIsNotSentIsNotSavedUpBeyondAMinute() {
        SignalLimits limits = new SignalLimits(2, clock);
        clock.advance(Duration.ofDays(3));

        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isPresent();
    }

    @Test
    void aClockThatIsSetBackNeitherFillsNorBlocksForLong() {
        SignalLimits limits = new SignalLimits(1, clock);
        limits.take(Receiver.WEBHOOKS, "a");

        clock.advance(Duration.ofDays(-1));
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).contains(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        assertThat(limits.take(Receiver.WEBHOOKS, "a")).isEmpty();
    }

    @Test
    void aSourceOverItsLimitTakesNothingFromOthers() {
        SignalLimits limits = new SignalLimits(2, clock);
        for (int count = 0; count < 1000; count++) {
            limits.take(Receiver.WEBHOOKS, "flood");
        }

        assertThat(limits.take(Receiver.WEBHOOKS, "b")).isEmpty();
    }

    @Test
    void allTogetherHaveALimitToo() {
        SignalLimits limits = new SignalLimits(2, clock);
        int letIn = 0;
        for (int source = 0; source < 1000; source++) {
            letIn += limits.take(Receiver.WEBHOOKS, "source " + source).isEmpty() ? 1 : 0;
        }

        assertThat(letIn).isEqualTo(2 * SignalLimits.OF_ALL);
        assertThat(limits.take(Receiver.WEBHOOKS, "another")).isEqualTo(Optional.of(Duration.ofSeconds(3)));
    }

    @Test
    void onlySoManySourcesAreRemembered() {
        SignalLimits limits = new SignalLimits(1, clock);
        for (int source = 0; source < 20_000; source++) {
            limits.take(Receiver.WEBHOOKS, "source " + source);
        }

        assertThat(limits.sources()).isEqualTo(10_000);
    }

    @Test
    void aFloodAtOneReceiverTakesNothingFromTheOthers() {
        SignalLimits limits = flooded(new SignalLimits(2, clock));

        assertThat(limits.take(Receiver.WEBHOOKS, "ours")).isPresent();
        assertThat(limits.take(Receiver.GITHUB, "ours")).isEmpty();
    }

    @Test
    void whoWasBelievedLatelyIsLetInThroughAFlood() {
        SignalLimits limits = new SignalLimits(2, clock);
        limits.believed(Receiver.WEBHOOKS, "ours");
        clock.advance(Duration.ofHours(1));
        flooded(limits);

        assertThat(limits.take(Receiver.WEBHOOKS, "ours")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "ours")).isEmpty();
        assertThat(limits.take(Receiver.WEBHOOKS, "ours")).as("over its own").isPresent();
    }

    @Test
    void whoWasBelievedLongAgoOrElsewhereIsAStranger() {
        SignalLimits limits = new SignalLimits(2, clock);
        limits.believed(Receiver.WEBHOOKS, "ours");
        limits.believed(Receiver.GITHUB, "theirs");
        clock.advance(Duration.ofHours(1).plusSeconds(1));
        limits.believed(Receiver.GITHUB, "theirs");
        flooded(limits);

        assertThat(limits.take(Receiver.WEBHOOKS, "ours")).isPresent();
        assertThat(limits.take(Receiver.WEBHOOKS, "theirs")).isPresent();
    }

    @Test
    void onlySoManyOfThemAreRemembered() {
        SignalLimits limits = new SignalLimits(2, clock);
        limits.believed(Receiver.WEBHOOKS, "ours");
        for (int source = 0; source < 1_000; source++) {
            limits.believed(Receiver.WEBHOOKS, "another " + source);
        }
        flooded(limits);

        assertThat(limits.take(Receiver.WEBHOOKS, "ours")).isPresent();
        assertThat(limits.take(Receiver.WEBHOOKS, "another 0")).isEmpty();
    }

    private static SignalLimits flooded(SignalLimits limits) {
        for (int source = 0; source < 1_000; source++) {
            limits.take(Receiver.WEBHOOKS, "source " + source);
        }
        return limits;
    }
}
