package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import dev.sweepback.sandbox.Traffic;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InterruptionTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aRunThatIsAskedToStopSettlesWhatIsInFlightAndIsGoneOnWith() throws Exception {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            // what is forked goes by the real time, and so do the systems then
            terminal.home.clock.catchUp();
            Faults faults = terminal.home.sandbox.github().faults();
            HeldAnswer held = faults.hold(Faults.request("PATCH", "/repos/.*"));
            Process process = fork(terminal, "run", Terminal.JOB, "--yes");

            assertThat(held.awaitArrived(LONG)).isTrue();
            process.toHandle().destroy();
            BufferedReader said = process.errorReader();
            assertThat(said.lines().anyMatch(line -> line.contains("asked to stop")))
                    .isTrue();
            held.release();
            assertThat(said.lines().toList())
                    .anySatisfy(line -> assertThat(line)
                            .contains("go on with what is left: sweepback --config ")
                            .endsWith(" run " + Terminal.JOB));

            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            JsonNode status = terminal.data("status");
            assertThat(status.path("unsettled")).isEmpty();
            assertThat(status.path("runs").get(0).path("state").asString()).isEqualTo("paused");
            assertThat(status.path("actingBy").isNull()).isTrue();

            JsonNode run = terminal.data("run", Terminal.JOB, "--yes");

            assertThat(run.path("runId")).isEqualTo(status.path("runs").get(0).path("runId"));
            assertThat(run.path("state").asString()).isEqualTo("succeeded");
        }
    }

    @Test
    void askedToStopWhileItWaitsForWhatAnEarlierProcessLeftOpenItSaysSo() throws Exception {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            terminal.home.clock.catchUp();
            terminal.leaveOpen("run", Terminal.JOB, "--yes");
            terminal.forgetTraffic();
            Process process = fork(terminal, "run", Terminal.JOB, "--yes");
            BufferedReader said = process.errorReader();

            assertThat(ForkedOutput.firstLine(said))
                    .matches("waiting until \\S+, when \\d+ open operations? of an earlier process .*");
            process.toHandle().destroy();
            List<String> rest = said.lines().toList();

            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(rest)
                    .contains("asked to stop: what an earlier process left open is not waited for any longer")
                    .anyMatch(line -> line.contains("; still unsettled: "))
                    .noneMatch(line -> line.contains("before anything was begun") || line.contains("in flight"))
                    .anyMatch(line -> line.contains("go on with what is left: ") && line.endsWith(" run dten-cleanup"));
            assertThat(terminal.writes()).isEmpty();
        }
    }

    @Test
    void askedToStopWhileItPlansItEndsAtOnceAndBeginsNothing() throws Exception {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            HeldAnswer held = terminal.home.sandbox.unleash().faults().hold(Faults.request("GET", "/api/admin/.*"));
            Process process = fork(terminal, "run", Terminal.JOB, "--yes");

            assertThat(held.awaitArrived(LONG)).isTrue();
            process.toHandle().destroy();

            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(process.errorReader().lines()).contains("asked to stop, so nothing more was begun");
            held.release();
            assertThat(terminal.data("history")).isEmpty();
        }
    }

    @Test
    void askedToStopAtItsQuestionItEndsAtOnceAndBeginsNothing() throws Exception {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            Process process = fork(terminal, "run", Terminal.JOB);

            readUntil("[y/N] ", process);
            process.toHandle().destroy();

            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            JsonNode status = terminal.data("status");
            assertThat(status.path("runs")).isEmpty();
            assertThat(status.path("actingBy").isNull()).isTrue();
            assertThat(terminal.writes()).isEmpty();
        }
    }

    @Test
    void askedToStopWhileItPlansItDoesNotAskAnyMoreAndBeginsNothing() throws Exception {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            HeldAnswer held = terminal.home.sandbox.github().faults().hold(Faults.request("GET", "/repos/.*/hooks.*"));
            Process process = fork(terminal, "run", Terminal.JOB, "--yes");

            assertThat(held.awaitArrived(LONG)).isTrue();
            process.toHandle().destroy();
            readUntil("asked to stop", process);
            held.release();

            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(terminal.data("status").path("runs")).isEmpty();
            assertThat(terminal.data("audit", "list", "--type", "run.started")).isEmpty();
        }
    }

    @Test
    void aProbeThatIsAskedToStopTakesAwayWhatItMadeAndTellsNothing() throws Exception {
        try (DescribedHome home = new DescribedHome(folder)) {
            home.flagsmith.addFeature("dten-v2-checkout", "rollout");
            home.upgraded();
            home.data("doctor", "--probe", "flagsmith", "--yes");
            HeldAnswer held = home.flagsmith.faults().hold(Faults.request("PATCH", ".*"));
            Process process =
                    fork(home.config(), home.home(), home.environment(), "doctor", "--probe", "flagsmith", "--yes");

            assertThat(held.awaitArrived(LONG)).isTrue();
            home.flagsmith.traffic().clear();
            process.toHandle().destroy();
            readUntil("asked to stop", process);
            held.release();
            List<String> said = process.errorReader().lines().toList();

            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(said).anySatisfy(line -> assertThat(line).contains("nothing is left of what was made"));
            assertThat(home.flagsmith.traffic().exchanges())
                    .extracting(Traffic.Exchange::method)
                    .contains("DELETE")
                    .doesNotContain("PATCH", "POST");
            assertThat(home.flagsmith.names()).containsExactly("dten-v2-checkout");
            JsonNode plan = home.data("plan", DescribedHome.FLAGSMITH_JOB);
            assertThat(plan.path("operations")).hasSize(1);
            assertThat(plan.path("blocked")).isEmpty();
        }
    }

    /** What is prompted has no end of line. */
    private static void readUntil(String text, Process process) throws Exception {
        StringBuilder said = new StringBuilder();
        while (said.indexOf(text) < 0) {
            int read = process.getErrorStream().read();
            assertThat(read).as(said.toString()).isNotNegative();
            said.append((char) read);
        }
        assertThat(said.toString()).contains(text);
    }

    private static Process fork(Terminal terminal, String... command) throws Exception {
        return fork(terminal.home.config(), terminal.home.home(), terminal.home.environment(), command);
    }

    private static Process fork(Path config, Path home, Map<String, String> environment, String... command)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-D" + Outside.TERMINAL + "=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        builder.command().addAll(List.of(command));
        builder.command().addAll(List.of("--config", config.toString(), "--home", home.toString()));
        builder.environment().putAll(environment);
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
