package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuartzCronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final QuartzCron cron = new QuartzCron();

    @Test
    void firesInTheGivenZoneAndStrictlyAfter() {
        Instant winter = Instant.parse("2026-01-10T02:00:00Z");

        assertThat(cron.next("0 0 3 * * ?", BERLIN, winter)).contains(Instant.parse("2026-01-11T02:00:00Z"));
        assertThat(cron.next("0 0 3 * * ?", BERLIN, winter.minusMillis(1))).contains(winter);
        assertThat(cron.next("0 0 3 * * ?", BERLIN, Instant.parse("2026-07-10T00:00:00Z")))
                .contains(Instant.parse("2026-07-10T01:00:00Z"));
        assertThat(cron.next("0 0 3 * * ?", ZoneOffset.ofHours(2), winter))
                .contains(Instant.parse("2026-01-11T01:00:00Z"));
    }

    @Test
    void aTimeThatTheClockSkipsDoesNotStopTheSchedule() {
        Instant nightOfTheChange = Instant.parse("2026-03-29T00:00:00Z");

        Instant fired = cron.next("0 30 2 * * ?", BERLIN, nightOfTheChange).orElseThrow();

        assertThat(fired).isAfter(nightOfTheChange).isBefore(Instant.parse("2026-03-31T00:00:00Z"));
    }

    @Test
    void aDayThatNeverComesHasNoFireTime() {
        assertThat(cron.next("0 0 0 30 2 ?", BERLIN, Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(cron.next("0 0 0 1 1 ? 2020", BERLIN, Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0 0 3 ? * FRIL", "0 0 3 LW * ?", "0 0 3 ? JAN-MAR MON,tue", "0 0 3 15W * ?", "0 0 3 ? * FRI#2"})
    void theWordsOfQuartzAreUnderstood(String expression) {
        assertThat(cron.next(expression, BERLIN, Instant.EPOCH)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "every day",
                "0 3 * * *",
                "0 0 25 * * ?",
                "0 0 3 * * *",
                "0 0 3 ? * MONDAYISH",
                "60 0 0 * * ?"
            })
    void whatIsNoCronExpressionIsRefusedWithTheReason(String expression) {
        assertThatThrownBy(() -> cron.next(expression, BERLIN, Instant.EPOCH))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).{10,}");
    }
}
