package dev.sweepback.job;

import static dev.sweepback.job.TestWorkspace.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the checks of a job are read as, and which mistakes are found. */
class CheckFileTest {

    @TempDir
    Path folder;

    private TestWorkspace files;

    @BeforeEach
    void lay() throws IOException {
        files = TestWorkspace.in(folder);
    }

    private Loaded load(String checks) throws IOException {
        files.write(
                "jobs/checked.yaml",
                JOB.formatted("checked").replace("  steps:\n", "  checks:\n" + checks + "  steps:\n")
                        + "    - {name: a, connection: unleash, kind: flag, action: archive}\n");
        return files.load();
    }

    private Check check(String check) throws IOException {
        return TestWorkspace.job(load("    - " + check + "\n"), "checked")
                .checks()
                .get(0);
    }

    private List<String> mistakes(String check) throws IOException {
        return load("    - " + check + "\n").problems().stream()
                .map(problem -> problem.what() + " | " + problem.expected() + " | " + problem.hint())
                .toList();
    }

    @Test
    void whatIsNotSaidHasDefaults() throws IOException {
        Check check = check("{name: up, http: {url: 'https://a.example.com/health', expect: {status: 200}}}");

        assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(check.consecutive()).isEqualTo(1);
        assertThat(check.onNoData()).isEqualTo(Check.OnNoData.HOLD);
        assertThat(check.maxWait()).isEmpty();
    }

    @Test
    void theExampleOfTheDesignIsRead() throws IOException {
        Check check = check("""
                {name: hybrid mode is on, http: {url: "https://dten.example.com/config", headers: {Authorization: "Bearer env:TOKEN", X-Key: "file:key"}, query: {full: "1"},
                        expect: {status: 200, json: {"/dten.hybrid.enable": true, "/version": {matches: "2[.]4[.].*"}}}},
                        consecutive: 3, interval: 10s, timeout: 5s, onNoData: fail, maxWait: {time: 4h, then: give-up}}""");

        HttpSubject http = (HttpSubject) check.subject();
        assertThat(http.endpoint().headers())
                .containsExactly(
                        new Endpoint.Header("Authorization", "Bearer", new SecretRef.Environment("TOKEN")),
                        new Endpoint.Header("X-Key", "", new SecretRef.File(folder.resolve("jobs/key"))));
        assertThat(http.query()).isEqualTo(Map.of("full", "1"));
        assertThat(http.status()).contains(200);
        assertThat(http.json().keySet()).containsExactly("/dten.hybrid.enable", "/version");
        assertThat(http.text())
                .isEqualTo("http GET https://dten.example.com/config: 200, /dten.hybrid.enable is true,"
                        + " /version matches 2[.]4[.].*");
        assertThat(check.consecutive()).isEqualTo(3);
        assertThat(check.onNoData()).isEqualTo(Check.OnNoData.FAIL);
        assertThat(check.maxWait())
                .isEqualTo(Optional.of(new Check.MaxWait(Duration.ofHours(4), Check.MaxWait.Outcome.GIVE_UP)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: a, prometheus: {url: 'https://p.example.com/prom', query: 'rate(x[5m])', below: 0.01}}",
                "{name: a, prometheus: {url: 'http://127.0.0.1:9090', query: up, atLeast: 1, atMost: 5, samples: all}}",
                "{name: a, sql: {url: 'jdbc:postgresql://db.example.com:5432/app', user: reader, password: 'env:DB', query: 'SELECT 1', equals: 1}}",
                "{name: a, sql: {url: 'jdbc:postgresql://[::1]/app', user: r, password: 'vault:vault/kv/db#password', query: 'WITH x AS (SELECT 1) SELECT * FROM x', atLeast: '2.10'}}",
                "{name: a, sql: {url: 'jdbc:postgresql://localhost/app', user: r, password: 'env:P', query: 'SELECT true', equals: true}}",
                "{name: a, version: {urls: ['https://a.example.com/v', 'https://b.example.com/v'], json: /version, range: '>=2.4.0 <3'}}",
                "{name: a, version: {urls: ['https://a.example.com/v'], to: upgrade}}",
                "{name: a, flag: {connection: unleash, name: dark-mode, environment: production, enabled: false}}",
                "{name: a, tcp: {host: old.example.com, port: 8080, open: false}}",
                "{name: a, tcp: {host: '::1', port: 1}}"
            })
    void eachKindIsRead(String check) throws IOException {
        assertThat(mistakes(check)).isEmpty();
        assertThat(check(check).subject().text()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            {name: a, http: {url: 'http://a.example.com', expect: {status: 200}}}                                  ! not encrypted
            {name: a, http: {url: 'https://u:p@a.example.com', expect: {status: 200}}}                             ! user or password
            {name: a, http: {url: 'https://a.example.com/x?y=1', expect: {status: 200}}}                           ! query or fragment
            {name: a, http: {url: 'https://a.example.com/x/../y', expect: {status: 200}}}                          ! no place of its own
            {name: a, http: {url: 'https://a.example.com', expect: {}}}                                            ! expects nothing
            {name: a, http: {url: 'https://a.example.com', expect: {json: {}}}}                                    ! expects nothing
            {name: a, http: {url: 'https://a.example.com', expect: {json: {version: 1}}}}                          ! no JSON pointer
            {name: a, http: {url: 'https://a.example.com', expect: {json: {/version: [1]}}}}                       ! nothing that an answer
            {name: a, http: {url: 'https://a.example.com', expect: {json: {/version: }}}}                          ! nothing that an answer
            {name: a, http: {url: 'https://a.example.com', expect: {json: {/version: {matches: '('}}}}}            ! the regular expression is wrong
            {name: a, http: {url: 'https://a.example.com', expect: {json: {/version: {matches: '(?=a)'}}}}}        ! the regular expression is wrong
            {name: a, http: {url: 'https://a.example.com', expect: {json: {/v: {matches: '(a{100}){100}'}}}}}      ! too large
            {name: a, http: {url: 'https://a.example.com', expect: {json: {/version: {match: a}}}}}                ! nothing that an answer
            {name: a, http: {url: 'https://a.example.com', expect: {status: 99}}}                                  ! is 99
            {name: a, http: {url: 'https://a.example.com', headers: {Authorization: abc}, expect: {status: 200}}}  ! secret must not stand
            {name: a, http: {url: 'https://a.example.com', headers: {Host: 'env:X'}, expect: {status: 200}}}       ! written by the client itself
            {name: a, http: {url: 'https://a.example.com', headers: {X-A: 'vault:valt/a#b'}, expect: {status: 200}}} ! no connection of type vault 'valt'
            {name: a, prometheus: {url: 'https://p.example.com', query: ' ', below: 1}}                            ! text is empty
            {name: a, prometheus: {url: 'https://p.example.com', query: up}}                                       ! not said what the value must be
            {name: a, prometheus: {url: 'https://p.example.com', query: up, equals: '1'}}                          ! nothing to compare with
            {name: a, prometheus: {url: 'https://p.example.com', query: up, equals: 1, below: 2}}                  ! leaves nothing to the other
            {name: a, prometheus: {url: 'https://p.example.com', query: up, below: .nan}}                          ! nothing to compare with
            {name: a, sql: {url: 'jdbc:postgresql://d/x?sslmode=disable', user: u, password: 'env:P', query: 'SELECT 1', equals: 1}} ! has parameters
            {name: a, sql: {url: 'jdbc:postgresql://d/x?password=y', user: u, password: 'env:P', query: 'SELECT 1', equals: 1}}      ! user or password
            {name: a, sql: {url: 'jdbc:postgresql://u:p@d/x', user: u, password: 'env:P', query: 'SELECT 1', equals: 1}}             ! user or password
            {name: a, sql: {url: 'jdbc:mysql://d/x', user: u, password: 'env:P', query: 'SELECT 1', equals: 1}}                      ! no URL of a PostgreSQL
            {name: a, sql: {url: 'jdbc:postgresql://d/x', user: u, password: hunter2, query: 'SELECT 1', equals: 1}}                 ! secret must not stand
            {name: a, sql: {url: 'jdbc:postgresql://d/x', user: u, password: 'env:P', query: 'SELECT 1; DROP TABLE x', equals: 1}}   ! only one statement
            {name: a, sql: {url: 'jdbc:postgresql://d/x', user: u, password: 'env:P', query: 'DELETE FROM x RETURNING 1', equals: 1}} ! does not begin as one that only reads
            {name: a, sql: {url: 'jdbc:postgresql://d/x', user: u, password: 'env:P', query: 'SELECT 1', below: 'abc'}}              ! nothing to compare with
            {name: a, version: {urls: [], range: '1'}}                                                             ! empty list
            {name: a, version: {urls: ['https://a.example.com'], range: '>=2.4.0, <3'}}                            ! no range of versions
            {name: a, version: {urls: ['https://a.example.com'], range: latest}}                                   ! no range of versions
            {name: a, version: {urls: ['https://a.example.com'], range: '1', to: upgrade}}                         ! which version it must be by
            {name: a, version: {urls: ['https://a.example.com']}}                                                  ! does not say which version
            {name: a, version: {urls: ['https://a.example.com', 'https://a.example.com'], to: upgrade}}            ! there twice
            {name: a, flag: {connection: unleesh, name: x, environment: p, enabled: true}}                         ! did you mean 'unleash'?
            {name: a, flag: {connection: github, name: x, environment: p, enabled: true}}                          ! no connection of type unleash or launchdarkly 'github'
            {name: a, tcp: {host: 'a b', port: 1}}                                                                 ! is not right
            {name: a, tcp: {host: a, port: 0}}                                                                     ! is 0
            {name: a, tcp: {host: a, port: 1}, http: {url: 'https://a.example.com', expect: {status: 200}}}        ! what is asked by
            {name: a}                                                                                              ! does not say what is asked
            {name: a, tcp: {host: a, port: 1}, timeout: 61s}                                                       ! 'timeout' is 61s
            {name: a, tcp: {host: a, port: 1}, interval: 500}                                                      ! is a number
            {name: a, tcp: {host: a, port: 1}, interval: 2h}                                                       ! 'interval' is 2h
            {name: a, tcp: {host: a, port: 1}, interval: PT0.5S}                                                   ! 'interval' is
            {name: a, tcp: {host: a, port: 1}, consecutive: 101}                                                   ! is 101
            {name: a, tcp: {host: a, port: 1}, consecutive: 0}                                                     ! is 0
            {name: a, tcp: {host: a, port: 1}, onNoData: pass}                                                     ! is 'pass'
            {name: a, tcp: {host: a, port: 1}, maxWait: {time: 4h}}                                                ! lacks the key 'then'
            {name: a, tcp: {host: a, port: 1}, maxWait: {time: 0s, then: fail}}                                    ! is zero
            {name: a, tcp: {host: a, port: 1}, retries: 3}                                                         ! unknown key 'retries'
            """)
    void eachMistakeIsFound(String check, String said) throws IOException {
        assertThat(mistakes(check))
                .isNotEmpty()
                .anySatisfy(mistake -> assertThat(mistake).contains(said));
    }

    /** Each example of the guide stands by itself. */
    static Stream<String> examples() throws IOException {
        String guide = Files.readString(Path.of("docs/checks.md"));
        return Pattern.compile("```\nchecks:\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(example -> example.group(1));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesOfTheGuideAreRight(String checks) throws IOException {
        Loaded loaded = load(checks.indent(2));

        assertThat(loaded.problems()).isEmpty();
        assertThat(TestWorkspace.job(loaded, "checked").checks()).isNotEmpty();
    }

    @Test
    void theGuideHasAnExampleOfEachKind() throws IOException {
        assertThat(CheckShapes.SUBJECTS)
                .allSatisfy(kind -> assertThat(examples()).anyMatch(example -> example.contains("    " + kind + ":")));
    }

    @Test
    void twoChecksOfOneNameAreAMistake() throws IOException {
        Loaded loaded = load("    - {name: a, tcp: {host: a, port: 1}}\n    - {name: a, tcp: {host: b, port: 1}}\n");

        assertThat(loaded.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("the check 'a' is there twice");
            assertThat(problem.line()).isEqualTo(8);
        });
    }

    @Test
    void aSecretInAFileIsNeverRepeated() throws IOException {
        String secret = "hunter2hunter2";

        List<String> mistakes = mistakes("{name: a, http: {url: 'https://a.example.com', headers: {Authorization: '"
                + secret + "'}, expect: {status: 200}}}");

        assertThat(mistakes).isNotEmpty().noneMatch(mistake -> mistake.contains(secret));
    }

    @ParameterizedTest
    @CsvSource({
        "'>=2.4.0 <3', 2.4.0, true",
        "'>=2.4.0 <3', 3.0.0, false",
        "'>=2.4.0 <3', 2.3.9, false",
        "'>=2.4.0 <3', 2.5.0-rc.1, false",
        "^2.4, 2.9.0, true",
        "~2.4.1, 2.5.0, false",
        "'1.0.0 || >=2', 2.0.1, true",
        "'>2', 2.9.9, false",
        "'<=2.4', 2.4.9, true"
    })
    void aRangeHasTheVersionsThatItSays(String range, String version, boolean contained) {
        assertThat(VersionRange.parse(range)
                        .contains(java.util.Objects.requireNonNull(org.semver4j.Semver.parse(version))))
                .isEqualTo(contained);
    }

    /** What the library takes for "every version", or for half of what is written. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "latest", "abc", "=>1", ">=2.4.0, <3", ">=1 foo", "<", "[1,2)", "1.0.0 - 2.0.0", "1 ||"
            })
    void whatIsNoRangeIsRefused(String range) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> VersionRange.parse(range)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
