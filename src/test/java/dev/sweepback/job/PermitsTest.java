package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What policies and settings say of times and places, read from files. */
class PermitsTest {

    @TempDir
    Path folder;

    private TestWorkspace files;

    @BeforeEach
    void lay() throws IOException {
        files = TestWorkspace.in(folder);
    }

    private Loaded policy(String spec) throws IOException {
        files.write("policies/strict.yaml", """
                apiVersion: sweepback/v1
                kind: Policy
                metadata: {name: strict}
                spec: %s
                """.formatted(spec));
        return files.load();
    }

    private Permits permits(String spec) throws IOException {
        Loaded loaded = policy(spec);
        assertThat(loaded.problems()).isEmpty();
        return Objects.requireNonNull(loaded.policies().get("strict")).permits();
    }

    private Loaded freezes(String text) throws IOException {
        files.write("sweepback.yaml", TestWorkspace.SETTINGS + text);
        return files.load();
    }

    private static List<String> said(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.path().getFileName() + ":" + problem.line() + ":" + problem.column() + ": "
                        + problem.what() + "; " + problem.hint())
                .toList();
    }

    @Test
    void hoursAreReadAsTheyStand() throws IOException {
        assertThat(permits("{hours: {days: [MON, FRI], from: \"22:00\", to: 04:00, timezone: Europe/Berlin}}")
                        .hours())
                .contains(new Hours(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(4, 0),
                        ZoneId.of("Europe/Berlin")));
        assertThat(permits("{hours: {days: [SUN], from: \"09:00\", to: \"17:00\"}}")
                        .hours()
                        .map(Hours::zone))
                .contains(ZoneId.of("UTC"));
    }

    @Test
    void whatAFileLeavesOutIsAsInTheCarefulPolicy() throws IOException {
        Permits permits = permits("{}");

        assertThat(permits.hours()).isEmpty();
        assertThat(permits.maxPerHour()).isEmpty();
        assertThat(permits.allow()).isEqualTo(Allow.ALL);
        assertThat(permits.acceptsStatedTimes()).isFalse();
    }

    @Test
    void rateListAndStatedTimesAreReadAsTheyStand() throws IOException {
        Permits permits = permits(
                "{maxPerHour: 100, allow: {connections: [unleash, vault], labels: {team: platform}}, statedTimes: accept}");

        assertThat(permits.maxPerHour()).isEqualTo(OptionalInt.of(100));
        assertThat(permits.allow())
                .isEqualTo(new Allow(Optional.of(List.of("unleash", "vault")), Map.of("team", "platform")));
        assertThat(permits.acceptsStatedTimes()).isTrue();
        assertThat(permits("{statedTimes: refuse}").acceptsStatedTimes()).isFalse();
    }

    @Test
    void aConnectionThatIsAllowedAndUnknownIsAWarning() throws IOException {
        Loaded loaded = policy("{allow: {connections: [unleash, valt]}}");

        assertThat(loaded.problems()).isEmpty();
        assertThat(said(loaded.warnings()))
                .containsExactly(
                        "strict.yaml:4:39: 'allow' names connection 'valt', which the settings do not know; did you mean 'vault'?");
    }

    @Test
    void datesAreWholeDaysInTheirTimeZone() throws IOException {
        Loaded loaded = freezes("""
                freezes:
                  - {name: year end, from: 2026-12-20, until: 2027-01-06, timezone: Europe/Berlin}
                  - {name: move, from: "2026-06-01T18:00+02:00", until: 2026-06-02}
                """);

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.settings().orElseThrow().freezes())
                .containsExactly(
                        new Freeze(
                                "year end",
                                Instant.parse("2026-12-19T23:00:00Z"),
                                Instant.parse("2027-01-06T23:00:00Z")),
                        new Freeze(
                                "move", Instant.parse("2026-06-01T16:00:00Z"), Instant.parse("2026-06-03T00:00:00Z")));
    }

    @Test
    void aFreezeThatIsOverIsAWarning() throws IOException {
        // it is 2026-05-01T12:00:00Z
        Loaded loaded = freezes("""
                freezes:
                  - {name: over, from: 2026-04-01, until: 2026-04-30}
                  - {name: not yet over, from: 2026-04-01, until: "2026-05-01T12:00:01Z"}
                  - {name: just over, from: 2026-04-01, until: "2026-05-01T12:00:00Z"}
                """);

        assertThat(said(loaded.warnings()))
                .containsExactly(
                        "sweepback.yaml:15:43: freeze 'over' is over since 2026-05-01T00:00:00Z; remove it, or correct its dates",
                        "sweepback.yaml:17:48: freeze 'just over' is over since 2026-05-01T12:00:00Z; remove it, or correct its dates");
        assertThat(loaded.settings()).isPresent();
    }

    /** {@code 0 MINUTE HOUR * * ?} */
    private static Optional<Instant> daily(String cron, ZoneId zone, Instant after) {
        String[] fields = cron.split(" ", -1);
        LocalTime time = LocalTime.of(Integer.parseInt(fields[2]), Integer.parseInt(fields[1]));
        ZonedDateTime today = after.atZone(zone).with(time);
        return Optional.of((today.toInstant().isAfter(after) ? today : today.plusDays(1)).toInstant());
    }

    private List<String> warningsOfAJobThatFiresAt(String schedule, String hours) throws IOException {
        files.write("jobs/nightly.yaml", """
                apiVersion: sweepback/v1
                kind: Job
                metadata: {name: nightly}
                spec:
                  after: {package: app, environment: production}
                  schedule: %s
                  policy: strict
                  steps:
                    - {name: flags, connection: unleash, kind: flag, action: archive}
                """.formatted(schedule));
        policy("{hours: " + hours + "}");
        Loaded loaded = files.load(PermitsTest::daily);
        assertThat(loaded.problems()).isEmpty();
        return said(loaded.warnings());
    }

    @Test
    void aScheduleThatNeverFiresWithinTheHoursIsAWarning() throws IOException {
        String work = "{days: [MON], from: \"09:00\", to: \"17:00\"}";

        assertThat(warningsOfAJobThatFiresAt("{cron: \"0 0 3 * * ?\"}", work))
                .containsExactly(
                        "nightly.yaml:6:20: the schedule never fires within the hours of policy 'strict': MON 09:00 to 17:00 UTC;"
                                + " choose other fire times, or other hours: the job would never start");
        assertThat(warningsOfAJobThatFiresAt("{cron: \"0 0 9 * * ?\"}", work)).isEmpty();
        assertThat(warningsOfAJobThatFiresAt("{cron: \"0 59 16 * * ?\"}", work)).isEmpty();
        assertThat(warningsOfAJobThatFiresAt("{cron: \"0 0 17 * * ?\"}", work)).isNotEmpty();
    }

    @Test
    void theZoneOfTheHoursIsNotThatOfTheSchedule() throws IOException {
        String night = "{days: [MON], from: \"02:00\", to: \"04:00\", timezone: Europe/Berlin}";

        assertThat(warningsOfAJobThatFiresAt("{cron: \"0 0 3 * * ?\", timezone: Europe/Berlin}", night))
                .isEmpty();
        assertThat(warningsOfAJobThatFiresAt("{cron: \"0 0 3 * * ?\"}", night)).isNotEmpty();
    }
}
