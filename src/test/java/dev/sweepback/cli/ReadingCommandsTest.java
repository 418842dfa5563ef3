package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever only looks makes nothing, and sees what can be seen. */
class ReadingCommandsTest {

    private static final List<String> READING = List.of(
            "audit verify", "audit list", "audit show 1", "history", "explain flag:unleash/dark-mode", "upgrade list");

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void whereThereIsNoStoreTheySaySoAndMakeNone() {
        for (String command : READING) {
            Terminal.Answer answer = terminal.type(command.split(" "));

            assertThat(answer.exit()).as(command).isEqualTo(64);
            assertThat(answer.out()).as(command).isEmpty();
            assertThat(answer.err()).as(command).contains("there is no store", "sweepback.db", "check --home");
        }
        assertThat(terminal.type("status").exit()).isEqualTo(64);
        assertThat(terminal.type("gate", Terminal.JOB).err()).contains("there is no store");
        assertThat(terminal.type("upgrade", "show", "u1").err()).contains("there is no store");
        assertThat(terminal.home.home()).doesNotExist();
    }

    @Test
    void statusRightAfterInitIsNoErrorAndMakesNoStore() throws IOException {
        Files.createDirectories(terminal.home.home());

        Terminal.Answer table = terminal.type("status");
        JsonNode status = terminal.data("status");

        assertThat(table.exit()).isZero();
        assertThat(table.err()).contains("nothing was recorded here yet", " upgrade schedule`");
        assertThat(status.path("actingBy").isNull()).isTrue();
        assertThat(status.propertyNames()).contains("runs", "unsettled", "held", "paused", "enabled");
        assertThat(terminal.home.home()).isEmptyDirectory();
    }

    @Test
    void withoutTheKeyFileTheRecordCanBeReadAndNothingIsDone() throws IOException {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        Path key = terminal.home.home().resolve("sweepback.key");
        Files.delete(key);
        terminal.forgetTraffic();

        assertReadableWithAWarning("sweepback.key is missing", "restore it from your copy");

        assertThat(terminal.data("history").get(0).path("runId").asString()).isEqualTo(run);
        for (String command :
                List.of("run dten-cleanup --yes", "undo " + run + " --yes", "plan dten-cleanup", "pause")) {
            Terminal.Answer answer = terminal.type(command.split(" "));
            assertThat(answer.exit()).as(command).isEqualTo(1);
            assertThat(answer.err()).as(command).contains("sweepback.key is missing");
        }
        assertThat(key).doesNotExist();
        assertThat(terminal.writes()).isEmpty();
    }

    @Test
    void aKeyFileThatNothingNeedsYetIsNotMissed() throws IOException {
        terminal.playUntilEnabled();
        Path key = terminal.home.home().resolve("sweepback.key");
        Files.delete(key);

        assertThat(terminal.type("status").err()).isEmpty();
        assertThat(key).doesNotExist();
    }

    @Test
    void withoutAKeyFromTheEnvironmentTheRecordCanBeReadToo() {
        terminal.playUntilEnabled();
        terminal.home.write(
                "sweepback.yaml", terminal.home.settings(1).replace("file:sweepback.key", "env:SWEEPBACK_KEY"));

        assertReadableWithAWarning("SWEEPBACK_KEY", "nothing can be removed or undone");

        assertThat(terminal.type("run", Terminal.JOB, "--yes").exit()).isEqualTo(1);
    }

    private void assertReadableWithAWarning(String... warnings) {
        List<String> all = new java.util.ArrayList<>(READING);
        all.add("status");
        for (String command : all) {
            Terminal.Answer answer = terminal.type((command + " -o json").split(" "));
            assertThat(answer.exit()).as(command + answer).isZero();
            assertThat(answer.err()).as(command).contains("warning: ").contains(warnings);
            assertThat(answer.json().isContainer()).as(command).isTrue();
        }
        assertThat(terminal.data("audit", "verify").path("ok").asBoolean()).isTrue();
    }

    @Test
    void anEntryThatIsNoJsonAnyMoreIsNamedByVerifyAndByWhoReadsIt() throws IOException {
        terminal.playUntilEnabled();
        breakEntryTwo();

        Terminal.Answer verify = terminal.type("audit", "verify", "-o", "json");
        Terminal.Answer list = terminal.type("audit", "list", "-o", "json");

        assertThat(verify.exit()).isEqualTo(8);
        assertThat(verify.json().path("ok").asBoolean()).isFalse();
        assertThat(verify.json().path("problem").asString()).isEqualTo("entry 2: its bytes do not match its leaf hash");
        assertThat(list.exit()).isEqualTo(1);
        for (String command : List.of("audit list", "audit show 2", "history", "status")) {
            Terminal.Answer answer = terminal.type(command.split(" "));
            assertThat(answer.err()).as(command).doesNotContain("unexpected", "\tat ");
        }
        assertThat(terminal.type("audit", "show", "2").err()).contains("entry 2", " audit verify`");
    }

    private void breakEntryTwo() throws IOException {
        Path database = terminal.home.home().resolve("sweepback.db");
        byte[] bytes = Files.readAllBytes(database);
        int start = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"seq\":2,");
        assertThat(start).isPositive();
        bytes[start] = 'x';
        Files.write(database, bytes);
    }

    @Test
    void anUndoThatIsOnlyShownNeedsNoHomeThatCanBeWritten() throws IOException {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        Path home = terminal.home.home();
        Files.createSymbolicLink(home.resolve("sweepback.db-shm"), home.resolve("nowhere/at-all"));

        JsonNode plan = terminal.data("undo", run, "--dry-run");

        assertThat(plan.path("operations").size()).isPositive();
        Terminal.Answer kept = terminal.type("plan", Terminal.JOB);
        assertThat(kept.exit()).isEqualTo(1);
        assertThat(kept.err()).contains("file and folder must be writable");
        assertThat(terminal.type("plan", "--help").out().replaceAll("\\s+", " "))
                .contains("the plan is kept in the home, which must be writable");
    }

    @Test
    void historyIsNewestFirstAndAsLongAsAskedFor() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        String undo = terminal.data("undo", run, "--yes").path("runId").asString();

        assertThat(runs(terminal.data("history"))).containsExactly(undo, run);
        assertThat(runs(terminal.data("history", "--limit", "1"))).containsExactly(undo);
        assertThat(runs(terminal.data("history", "--job", Terminal.JOB))).containsExactly(undo, run);
        assertThat(terminal.type("history", "-o", "yaml").out()).startsWith("- runId:");
        assertThat(terminal.type("history", "--upgrade", "another").exit()).isEqualTo(64);
        assertThat(terminal.type("history", "--job", "another").exit()).isEqualTo(64);
        assertThat(terminal.type("history", "--limit", "0").exit()).isEqualTo(64);
    }

    private static List<String> runs(JsonNode history) {
        return history.valueStream().map(run -> run.path("runId").asString()).toList();
    }
}
