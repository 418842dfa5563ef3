package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Job;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LastFireTest {

    @ParameterizedTest
    @CsvSource({
        "0 0 3 * * ?, UTC, 2026-03-10T02:59:59Z, 2026-03-09T03:00:00Z",
        "0 0 3 * * ?, UTC, 2026-03-10T03:00:00Z, 2026-03-10T03:00:00Z",
        "0 0 3 * * ?, Europe/Berlin, 2026-07-10T12:00:00Z, 2026-07-10T01:00:00Z",
        "0 0 0 29 2 ?, UTC, 2027-12-31T00:00:00Z, 2024-02-29T00:00:00Z",
        "* * 4 * * ?, UTC, 2026-03-10T05:30:00Z, 2026-03-10T04:59:59Z"
    })
    void theLastFireTimeIsAtOrBeforeNow(String cron, String zone, Instant now, Instant fire) {
        assertThat(LastFire.before(new QuartzCron(), schedule(cron, zone), now)).contains(fire);
    }

    @Test
    void aScheduleThatHasNotFiredYetHasNone() {
        assertThat(LastFire.before(
                        new QuartzCron(), schedule("0 0 3 * * ? 2030", "UTC"), Instant.parse("2026-03-10T05:30:00Z")))
                .isEqualTo(Optional.empty());
    }

    private static Job.Schedule schedule(String cron, String zone) {
        return new Job.Schedule(cron, ZoneId.of(zone), Job.Misfire.SKIP);
    }
}
