package dev.sweepback.adapter.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Endpoint;
import dev.sweepback.job.VersionRange;
import dev.sweepback.job.VersionSubject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replicas tell of their versions. */
class VersionCheckTest {

    private static final Optional<VersionRange> RANGE = Optional.of(VersionRange.parse(">=2.4.0 <3"));

    private final CheckWorld world = new CheckWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private String ask(Optional<VersionRange> range, Optional<String> to, String... paths) {
        List<Endpoint> replicas =
                Stream.of(paths).map(path -> CheckWorld.plain(world.url(path))).toList();
        return CheckWorld.text(world.ask(new VersionSubject(replicas, Optional.of("/version"), range), to))
                .replace(world.url("").toString(), "");
    }

    private void replica(String path, String version) {
        world.with(path, 200, "{\"version\":\"" + version + "\"}");
    }

    @Test
    void allReplicasMustBeInTheRange() {
        replica("/a", "2.4.0");
        replica("/b", "2.9.1");

        assertThat(ask(RANGE, Optional.empty(), "/a", "/b")).isEqualTo("good: 2.4.0, 2.9.1 on 2 replicas");
    }

    @Test
    void oneThatIsWrongIsNamed() {
        replica("/a", "2.4.0");
        replica("/b", "2.3.9");

        assertThat(ask(RANGE, Optional.empty(), "/a", "/b")).isEqualTo("bad: /b: 2.3.9; expected: >=2.4.0 <3");
    }

    @Test
    void oneThatIsSilentIsNoData() {
        replica("/a", "2.4.0");
        world.with("/b", 503, "");

        assertThat(ask(RANGE, Optional.empty(), "/a", "/b")).isEqualTo("no data: /b: answered with 503");
    }

    @Test
    void aWrongOneWeighsMoreThanASilentOne() {
        replica("/a", "2.3.9");
        world.with("/b", 503, "");

        assertThat(ask(RANGE, Optional.empty(), "/b", "/a")).startsWith("bad: /a: 2.3.9");
    }

    @ParameterizedTest
    @CsvSource({
        "2.4.0, good",
        "v2.4.0, good",
        "2.4.0+build.5, good",
        "2.4.0-rc.1, bad",
        "3.0.0-rc.1, bad",
        "3.0.0, bad",
        "2.4, no data",
        "2.4.0.RELEASE, no data",
        "unknown, no data",
        "'', no data"
    })
    void versionsAreSemanticOnes(String version, String verdict) {
        replica("/a", version);

        assertThat(ask(RANGE, Optional.empty(), "/a")).startsWith(verdict + ": ");
    }

    @ParameterizedTest
    @CsvSource({"{\"version\":2.4}, no data", "{\"other\":\"2.4.0\"}, no data", "[], no data", "2.4.0, no data"})
    void aVersionThatIsNotWhereItShouldBeIsNoData(String body, String verdict) {
        world.with("/a", 200, body);

        assertThat(ask(RANGE, Optional.empty(), "/a")).isEqualTo(verdict + ": /a: tells no version at /version");
    }

    @Test
    void aTextCanBeTheVersion() {
        world.with("/a", 200, "2.4.7\n");
        VersionSubject subject =
                new VersionSubject(List.of(CheckWorld.plain(world.url("/a"))), Optional.empty(), RANGE);

        assertThat(CheckWorld.text(world.ask(subject))).isEqualTo("good: 2.4.7 on 1 replica");
    }

    @Test
    void theUpgradesVersionIsThatVeryOne() {
        replica("/a", "2026.11");

        assertThat(ask(Optional.empty(), Optional.of("2026.11"), "/a")).isEqualTo("good: 2026.11 on 1 replica");
        assertThat(ask(Optional.empty(), Optional.of("2026.12"), "/a"))
                .isEqualTo("bad: /a: 2026.11; expected: 2026.12");
        assertThat(ask(Optional.empty(), Optional.empty(), "/a")).startsWith("no data: there is no upgrade");
    }
}
