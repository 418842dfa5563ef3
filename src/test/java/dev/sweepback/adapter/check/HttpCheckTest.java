package dev.sweepback.adapter.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.sweepback.gate.Measured;
import dev.sweepback.job.Endpoint;
import dev.sweepback.job.HttpSubject;
import dev.sweepback.job.Wanted;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an HTTP answer is taken for. */
class HttpCheckTest {

    private final CheckWorld world = new CheckWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private HttpSubject subject(Optional<Integer> status, Map<String, Wanted> json) {
        return new HttpSubject(CheckWorld.plain(world.url("/config")), Map.of(), status, json);
    }

    private String ask(HttpSubject subject) {
        return CheckWorld.text(world.ask(subject));
    }

    private String ask(String pointer, Wanted wanted) {
        return ask(subject(Optional.of(200), Map.of(pointer, wanted)));
    }

    @Test
    void theConfigurationOfTheNewVersionIsHeldAgainstWhatItMustBe() {
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        wanted.put("/dten.hybrid.enable", new Wanted.Equal(json("true")));
        wanted.put("/version", new Wanted.Matches(Pattern.compile("2[.]4[.].*")));
        HttpSubject subject = subject(Optional.of(200), wanted);

        world.with("/config", 200, "{\"dten.hybrid.enable\": true, \"version\": \"2.4.1\"}");
        assertThat(ask(subject)).isEqualTo("good: 200, /dten.hybrid.enable is true, /version is \"2.4.1\"");

        world.with("/config", 200, "{\"dten.hybrid.enable\": false, \"version\": \"2.4.1\"}");
        assertThat(ask(subject)).isEqualTo("bad: /dten.hybrid.enable is false, expected: it is true");

        world.with("/config", 200, "{\"version\": \"2.4.1\"}");
        assertThat(ask(subject)).isEqualTo("no data: the answer has no /dten.hybrid.enable");
    }

    @ParameterizedTest(name = "{0} where {1} is expected: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            true     | true     | good
            "true"   | true     | bad
            1        | true     | bad
            false    | true     | bad
            null     | true     | bad
            true     | "true"   | bad
            1        | 1        | good
            1.0      | 1        | good
            1e0      | 1        | good
            "1"      | 1        | bad
            1        | "1"      | bad
            1.0000000000000000000001 | 1 | bad
            "a"      | "a"      | good
            "A"      | "a"      | bad
            "a "     | "a"      | bad
            []       | "a"      | bad
            {}       | true     | bad
            """)
    void typesAreStrict(String found, String expected, String verdict) {
        world.with("/config", 200, "{\"x\": " + found + "}");

        assertThat(ask("/x", new Wanted.Equal(json(expected)))).startsWith(verdict + ": ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "2.4.1"  | 2[.]4[.].* | good
            "12.4.1" | 2[.]4[.].* | bad
            "2.4.1"  | 2[.]4      | bad
            2        | 2          | bad
            true     | true       | bad
            null     | .*         | bad
            """)
    void aPatternIsForAWholeTextAlone(String found, String pattern, String verdict) {
        world.with("/config", 200, "{\"x\": " + found + "}");

        assertThat(ask("/x", new Wanted.Matches(Pattern.compile(pattern)))).startsWith(verdict + ": ");
    }

    /** A pattern that takes back tracking engines for ever. */
    @Test
    void noPatternTakesLong() {
        world.with("/config", 200, "{\"x\": \"" + "a".repeat(9_999) + "!\"}");

        assertThat(ask("/x", new Wanted.Matches(Pattern.compile("(a+)+b")))).startsWith("bad: ");
    }

    @Test
    void aTextThatIsTooLongForAPatternIsNoData() {
        world.with("/config", 200, "{\"x\": \"" + "a".repeat(10_001) + "\"}");

        assertThat(ask("/x", new Wanted.Matches(Pattern.compile("a*"))))
                .isEqualTo("no data: /x is longer than 10000 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "/a~1b, 1",
        "/c~0d, 2",
        "/e f, 3",
        "/list/1, 5",
        "/nested/deep, 6",
        "/dten.hybrid.enable, 7",
        "/, 8",
    })
    void pointersAreThoseOfRfc6901(String pointer, String value) {
        world.with(
                "/config",
                200,
                "{\"a/b\":1,\"c~d\":2,\"e f\":3,\"list\":[4,5],\"nested\":{\"deep\":6},\"dten.hybrid.enable\":7,\"\":8}");

        assertThat(ask(pointer, new Wanted.Equal(json(value)))).startsWith("good: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dten/hybrid/enable", "/list/2", "/list/-", "/list/01", "/missing"})
    void whatAPointerDoesNotLeadToIsNoData(String pointer) {
        world.with("/config", 200, "{\"dten.hybrid.enable\":true,\"list\":[4,5]}");

        assertThat(ask(pointer, new Wanted.Equal(json("true")))).isEqualTo("no data: the answer has no " + pointer);
    }

    @Test
    void theWholeCanBeHeldAgainstAValue() {
        world.with("/config", 200, "true");

        assertThat(ask("", new Wanted.Equal(json("true")))).startsWith("good: ");
    }

    @ParameterizedTest
    @CsvSource({
        "200, bad", "204, bad", "301, no data", "302, no data", "400, bad", "401, no data", "403, no data", "404, bad",
        "408, no data", "409, bad", "410, bad", "429, no data", "500, no data", "502, no data", "503, no data",
                "504, no data"
    })
    void anotherStatusIsBadUnlessItSaysNothingOfWhatWasAsked(int status, String verdict) {
        world.with("/config", status, "", Map.of("Location", "/other"));

        assertThat(ask(subject(Optional.of(201), Map.of())))
                .isEqualTo(verdict + ": answered with " + status + ", expected is 201");
        assertThat(ask(subject(Optional.of(status), Map.of()))).isEqualTo("good: " + status);
        assertThat(world.requests()).as("nothing is followed or repeated").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>login</html>", "{\"x\": true", "{\"x\": true} {}", "{\"x\": true, \"x\": false}"})
    void whatIsNoJsonIsNoData(String body) {
        world.with("/config", 200, body);

        assertThat(ask("/x", new Wanted.Equal(json("true")))).isEqualTo("no data: answered with 200, and with no JSON");
    }

    @Test
    void ofSeveralPointersAWrongOneWeighsMoreThanAMissingOne() {
        world.with("/config", 200, "{\"a\": 1}");
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        wanted.put("/b", new Wanted.Equal(json("1")));
        wanted.put("/a", new Wanted.Equal(json("2")));

        assertThat(ask(subject(Optional.empty(), wanted))).isEqualTo("bad: /a is 1, expected: it is 2");
    }

    @Test
    void aLargeAnswerIsNoData() {
        world.with("/config", 200, "\"" + "x".repeat(1024 * 1024) + "\"");

        assertThat(ask(subject(Optional.of(200), Map.of())))
                .startsWith("no data: ")
                .contains("more than 1 MiB");
    }

    @Test
    void whereNobodyListensThereIsNoData() {
        URI gone = world.url("/config");
        world.stop();

        assertThat(ask(new HttpSubject(CheckWorld.plain(gone), Map.of(), Optional.of(200), Map.of())))
                .startsWith("no data: ")
                .contains("refuses the connection");
    }

    @Test
    void metadataServicesAreNotAsked() {
        HttpSubject subject = new HttpSubject(
                CheckWorld.plain(URI.create("http://169.254.169.254/latest")), Map.of(), Optional.of(200), Map.of());

        assertThat(ask(subject)).startsWith("no data: ").contains("link-local or metadata address");
    }

    @Test
    void theSecretIsSentAndNeverShown() {
        world.with("/config", 200, "{\"x\": \"you said " + CheckWorld.TOKEN + "\"}");
        HttpSubject subject = new HttpSubject(
                world.endpoint("/config"),
                Map.of("a b", "c&d"),
                Optional.of(200),
                Map.of("/x", new Wanted.Equal(json("1"))));

        Measured measured = world.ask(subject);

        assertThat(world.requests()).containsExactly("GET /config?a%20b=c%26d Bearer " + CheckWorld.TOKEN);
        assertThat(measured).isInstanceOfSatisfying(Measured.Bad.class, bad -> {
            assertThat(bad.evidence()).isEqualTo("200, /x is \"you said ***\"");
            assertThat(bad.reason()).doesNotContain(CheckWorld.TOKEN);
        });
    }

    @Test
    void aSecretThatIsNotToBeHadIsNoDataAndNothingIsSent() {
        HttpSubject subject = new HttpSubject(
                new Endpoint(
                        world.url("/config"),
                        List.of(new Endpoint.Header(
                                "Authorization", "", new dev.sweepback.connector.SecretRef.Environment("OTHER"))),
                        Optional.empty()),
                Map.of(),
                Optional.of(200),
                Map.of());

        assertThat(ask(subject)).isEqualTo("no data: secret 'env:OTHER': it is not set; set it");
        assertThat(world.requests()).isEmpty();
    }

    @Test
    void evidenceIsOneLineOfLimitedLength() {
        world.with("/config", 200, "{\"x\": \"a\\u001b[31m\\n" + "b".repeat(1000) + "\"}");

        Measured measured =
                world.ask(subject(Optional.of(200), Map.of("/x", new Wanted.Matches(Pattern.compile("(?s).*")))));

        assertThat(measured)
                .isInstanceOfSatisfying(
                        Measured.Good.class,
                        good -> assertThat(good.evidence())
                                .hasSize(256)
                                .endsWith("b…")
                                .doesNotContain("\n")
                                .doesNotContain("\u001b"));
    }

    @Test
    void aRedirectIsNotFollowedWithTheSecret() {
        world.with("/config", 302, "", Map.of("Location", world.url("/other").toString()));

        assertThat(ask(new HttpSubject(world.endpoint("/config"), Map.of(), Optional.empty(), Map.of())))
                .isEqualTo("no data: answered with 302, expected is a success");
        assertThat(world.requests()).hasSize(1);
    }

    @Test
    void whoAnswersTooLateHasNoData() throws Exception {
        try (var silent = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            HttpSubject subject = new HttpSubject(
                    CheckWorld.plain(URI.create("http://127.0.0.1:" + silent.getLocalPort())),
                    Map.of(),
                    Optional.empty(),
                    Map.of());

            assertThat(CheckWorld.text(world.ask(subject, Optional.empty(), Duration.ofMillis(200))))
                    .startsWith("no data: ")
                    .contains("was not answered");
        }
    }
}
