package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.DtenScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A job with checks, by commands. */
class ChecksStoryTest {

    private static final String ON = "{\"dten.hybrid.enable\": true, \"version\": \"2.4.0\"}";
    private static final String FALLEN_BACK = "{\"dten.hybrid.enable\": false, \"version\": \"2.4.0\"}";

    @TempDir
    Path folder = Path.of("");

    private final AnsweringServer server = new AnsweringServer();
    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    @AfterEach
    void close() {
        terminal.close();
        server.close();
    }

    /** In real time, as the server tells it. */
    private void playWith(String checks) {
        terminal.home.write(
                "jobs/dten-cleanup.yaml",
                SandboxHome.JOB.replace("  steps:\n", "  checks:\n" + checks.indent(4) + "  steps:\n"));
        terminal.playUntilEnabled();
        terminal.home.clock.catchUp();
    }

    private String hybrid(int consecutive) {
        return """
                - name: hybrid mode is on
                  http: {url: "%s/config", expect: {status: 200, json: {"/dten.hybrid.enable": true}}}
                  consecutive: %d
                """.formatted(server.url(), consecutive);
    }

    private static JsonNode named(JsonNode list, String name) {
        return list.valueStream()
                .filter(one -> one.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void gateWaitsForARowAndShowsTheEvidence() {
        server.body = ON;
        playWith(hybrid(3));

        Terminal.Answer gate = terminal.type("gate", Terminal.JOB, "-o", "json");

        assertThat(gate.exit()).isZero();
        assertThat(gate.err())
                .contains("waiting until ")
                .contains("check 'hybrid mode is on' must be good 3 times in a row");
        JsonNode check = named(gate.json().path("conditions"), "hybrid mode is on");
        assertThat(check.path("state").asString()).isEqualTo("open");
        assertThat(check.path("evidence").asString()).isEqualTo("200, /dten.hybrid.enable is true");
        assertThat(server.asked).hasValue(3);
    }

    @Test
    void aBadAnswerShutsTheGateAndNothingIsRemoved() {
        server.body = FALLEN_BACK;
        playWith(hybrid(3));

        Terminal.Answer gate = terminal.type("gate", Terminal.JOB);
        Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(gate.exit()).isEqualTo(4);
        assertThat(gate.out()).contains("/dten.hybrid.enable is false, expected: it is true");
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err()).contains("hybrid mode is on: /dten.hybrid.enable is false");
        assertThat(terminal.writes()).isEmpty();
        assertThat(server.asked).as("a bad answer decides at once").hasValue(2);
    }

    @Test
    void planAndStatusAskOnceAndWaitForNothing() {
        server.body = ON;
        playWith(hybrid(3));
        Instant before = terminal.home.clock.instant();

        JsonNode plan = terminal.data("plan", Terminal.JOB);
        JsonNode status = terminal.data("status");

        assertThat(named(plan.path("gate").path("conditions"), "hybrid mode is on")
                        .path("reason")
                        .asString())
                .isEqualTo("good once, 3 in a row are needed");
        assertThat(status.path("checks")).singleElement().satisfies(check -> {
            assertThat(check.path("job").asString()).isEqualTo(Terminal.JOB);
            assertThat(check.path("upgrade").asString()).isEqualTo(DtenScenario.UPGRADE);
            assertThat(check.path("state").asString()).isEqualTo("unknown");
        });
        assertThat(server.asked).hasValue(2);
        assertThat(terminal.home.clock.instant()).isBefore(before.plusSeconds(25));
    }

    @Test
    void runWaitsForTheRowOnceAndActs() {
        server.body = ON;
        playWith(hybrid(2));

        Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(terminal.writes()).isNotEmpty();
        assertThat(run.err().split("waiting until", -1)).hasSize(2);
    }

    @Test
    void explainSaysWhatChecksSay() {
        server.body = FALLEN_BACK;
        playWith(hybrid(1));

        JsonNode now =
                terminal.data("explain", "flag:unleash/dten-v2-hybrid-write").path("now");

        assertThat(named(now.path(0).path("checks"), "hybrid mode is on")
                        .path("reason")
                        .asString())
                .isEqualTo("/dten.hybrid.enable is false, expected: it is true");
    }

    @Test
    void doctorAsksOnceAndSaysWhatWasAnswered() {
        server.body = ON;
        playWith(hybrid(3));

        assertThat(terminal.type("doctor").out())
                .contains("check 'hybrid mode is on' of job dten-cleanup")
                .contains("good: 200, /dten.hybrid.enable is true");

        server.body = FALLEN_BACK;
        assertThat(terminal.type("doctor").out())
                .contains("answers, and keeps the gate shut: /dten.hybrid.enable is false");

        server.status = 503;
        server.body = "";
        Terminal.Answer silent = terminal.type("doctor");
        assertThat(silent.out()).contains("no data: answered with 503, expected is 200");
        assertThat(silent.exit()).isEqualTo(1);
        assertThat(server.asked).hasValue(3);
    }

    @Test
    void validateAsksNobodyAndSaysWhatWouldBeAsked() {
        playWith(hybrid(3));

        Terminal.Answer validate = terminal.type("validate");

        assertThat(validate.exit()).isZero();
        assertThat(validate.out())
                .contains("check 'hybrid mode is on': http GET " + server.url()
                        + "/config: 200, /dten.hybrid.enable is true; 3 good answers in a row, 30s apart");
        assertThat(server.asked).hasValue(0);
    }

    @Test
    void aFlagIsAskedOfItsConnection() {
        playWith("""
                - name: kill switch is on
                  flag: {connection: unleash, name: dten-v2-hybrid-write, environment: production, enabled: true}
                - name: and off elsewhere
                  flag: {connection: unleash, name: dten-v2-hybrid-write, environment: production, enabled: false}
                - name: no such environment
                  flag: {connection: unleash, name: dten-v2-hybrid-write, environment: moon, enabled: true}
                - name: no such flag
                  flag: {connection: unleash, name: nobody-knows, environment: production, enabled: true}
                """);
        terminal.forgetTraffic();

        JsonNode conditions =
                terminal.type("gate", Terminal.JOB, "-o", "json").json().path("conditions");

        String on = named(conditions, "kill switch is on").path("state").asString();
        String off = named(conditions, "and off elsewhere").path("state").asString();
        assertThat(java.util.List.of(on, off)).containsExactlyInAnyOrder("open", "closed");
        assertThat(named(conditions, "no such environment").path("reason").asString())
                .isEqualTo(
                        "no data: the flag 'dten-v2-hybrid-write' does not tell whether it is on in environment 'moon'");
        assertThat(named(conditions, "no such flag").path("reason").asString())
                .isEqualTo("no data: there is no flag 'nobody-knows'");
        assertThat(terminal.writes()).isEmpty();
    }

    @Test
    void aServerWithAnotherTimeMakesTheClockUnknown() {
        server.body = ON;
        playWith(hybrid(1));
        terminal.home.clock.moveOn(Duration.ofHours(2));

        Terminal.Answer gate = terminal.type("gate", Terminal.JOB, "-o", "json");

        assertThat(gate.exit()).isEqualTo(4);
        JsonNode clock = named(gate.json().path("conditions"), "clock right");
        assertThat(clock.path("state").asString()).isEqualTo("unknown");
        assertThat(clock.path("reason").asString())
                .matches(
                        "this machine's clock is .* ahead of that of '127\\.0\\.0\\.1:\\d+' .*more than the clockSkew.*");
    }

    @Test
    void commandsThatOnlyLookRecordNothing() {
        server.status = 503;
        playWith(hybrid(1) + "  maxWait: {time: 4h, then: give-up}\n");
        int before = terminal.data("audit", "list").size();

        terminal.type("gate", Terminal.JOB);
        terminal.type("status");
        terminal.type("explain", "flag:unleash/dten-v2-hybrid-write");
        assertThat(terminal.data("audit", "list")).hasSize(before);

        terminal.type("run", Terminal.JOB, "--yes");
        assertThat(terminal.data("audit", "list").toString()).contains("check.waiting");
    }
}
