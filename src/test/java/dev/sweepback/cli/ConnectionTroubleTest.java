package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Faults;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a connection: it is named, and nothing is begun. */
class ConnectionTroubleTest {

    private static final int ALWAYS = 10_000;
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private static Map<String, Consumer<Faults.Rule>> troubles() {
        Map<String, Consumer<Faults.Rule>> troubles = new LinkedHashMap<>();
        troubles.put("resets", Faults.Rule::reset);
        troubles.put("is slow", late -> late.lateEffect(Duration.ofSeconds(20)));
        troubles.put("cuts the body", Faults.Rule::cutBody);
        troubles.put("answers other JSON", Faults.Rule::wrongJson);
        troubles.put("answers broken JSON", Faults.Rule::brokenJson);
        troubles.put("answers a page", Faults.Rule::html);
        troubles.put("answers 401", status(401));
        troubles.put("answers 403", status(403));
        troubles.put("answers 404", status(404));
        troubles.put("answers 409", status(409));
        troubles.put("answers 500", status(500));
        troubles.put("answers 429", throttled -> throttled.slowDown(429, Duration.ofSeconds(1), "{}"));
        return troubles;
    }

    private static Consumer<Faults.Rule> status(int status) {
        return rule -> rule.answer(status, JSON, "{\"message\":\"no\",\"errors\":[\"no\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unleash", "github", "vault"})
    void itIsNamedAndNothingIsBegun(String connection) {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.home.write(
                    "sweepback.yaml",
                    terminal.home
                            .settings(1)
                            .replace("concurrency: 1", "timeouts: {connect: 1s, response: 1s, whole: 2s}"));
            terminal.playUntilEnabled();

            troubles().forEach((trouble, fault) -> {
                faults(terminal, connection).clear();
                fault.accept(faults(terminal, connection).next(ALWAYS, request -> true));
                assertNothingBegun(terminal, connection, trouble);
            });

            assertThat(terminal.type("doctor").out()).contains("problem  connection " + connection);
        }
    }

    @ParameterizedTest
    @MethodSource("unknownPlaces")
    void aPlaceThatTheSystemDoesNotKnowIsNoEmptyOne(String connection, String known, String unknown) {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.home.write("sweepback.yaml", terminal.home.settings(1).replace(known, unknown));
            terminal.playUntilEnabled();

            assertNothingBegun(terminal, connection, unknown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unleash", "github", "vault"})
    void oneThatIsDownIsNamed(String connection) throws Exception {
        try (Terminal terminal = new Terminal(folder)) {
            int port;
            try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = nobody.getLocalPort();
            }
            String settings = terminal.home.settings(1);
            terminal.home.write(
                    "sweepback.yaml",
                    settings.replaceFirst(
                            "type: " + connection + ", url: \"[^\"]*\"",
                            "type: " + connection + ", url: \"http://127.0.0.1:" + port + "\""));
            terminal.playUntilEnabled();

            assertNothingBegun(terminal, connection, "is down");
        }
    }

    @Test
    void aPrefixWhoseMountVaultDoesNotKnowIsNoEmptyOne() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.home.write(
                    "jobs/dten-cleanup.yaml",
                    SandboxHome.JOB.replace(
                            "prefix: database/creds/dten-migrator", "prefix: databse/creds/dten-migrator"));
            terminal.playUntilEnabled();

            assertNothingBegun(terminal, "vault", "unknown mount");
        }
    }

    static Stream<Arguments> unknownPlaces() {
        return Stream.of(
                Arguments.of("unleash", "project: default", "project: nowhere"),
                Arguments.of("github", "acme/dten", "acme/nowhere"));
    }

    private static void assertNothingBegun(Terminal terminal, String connection, String trouble) {
        terminal.forgetTraffic();

        Terminal.Answer answer = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(answer.exit()).as(trouble + ": " + answer).isEqualTo(1);
        assertThat(answer.out()).as(trouble).isEmpty();
        assertThat(answer.err())
                .as(trouble)
                .contains("connection '" + connection + "'", "remedy:")
                .doesNotContain("unexpected");
        for (String secret : List.copyOf(terminal.home.environment().values())) {
            assertThat(answer.err()).doesNotContain(secret);
        }
        assertThat(terminal.writes()).as(trouble).isEmpty();
        assertThat(terminal.data("history")).as(trouble).isEmpty();
    }

    private static Faults faults(Terminal terminal, String connection) {
        return switch (connection) {
            case "unleash" -> terminal.home.sandbox.unleash().faults();
            case "github" -> terminal.home.sandbox.github().faults();
            default -> terminal.home.sandbox.vault().faults();
        };
    }
}
