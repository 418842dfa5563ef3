package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.DtenScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A day before something is removed, {@code status} says what, and whose it is. */
class DueNoticeTest {

    private static final Duration QUARANTINE = Duration.ofDays(7);

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void ran() {
        terminal = new Terminal(folder);
        terminal.home.write(
                "jobs/dten-cleanup.yaml",
                SandboxHome.JOB.replace(
                        "metadata: {name: dten-cleanup}",
                        "metadata: {name: dten-cleanup, labels: {team: platform, tier: \"1\"}}"));
        terminal.playUntilEnabled();
        terminal.data("run", Terminal.JOB, "--yes");
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private JsonNode due() {
        return terminal.data("status").path("due");
    }

    /** What something follows on. */
    private long held() {
        return terminal.data("status")
                .path("held")
                .valueStream()
                .filter(one -> one.has("then"))
                .count();
    }

    @Test
    void noticeIsGivenADayBefore() {
        long hooks = held();
        assertThat(hooks).isPositive();
        terminal.home.clock.moveOn(QUARANTINE.minusDays(1).minusMinutes(10));
        assertThat(due()).isEmpty();
        assertThat(terminal.type("status").out()).contains("due within a day: nothing");

        terminal.home.clock.moveOn(Duration.ofMinutes(10));

        assertThat(due()).hasSize((int) hooks);
        JsonNode one = due().get(0);
        assertThat(one.path("resource").asString()).startsWith("webhook:github/");
        assertThat(one.path("name").asString()).isNotEmpty();
        assertThat(one.path("action").asString()).isEqualTo("remove");
        assertThat(one.path("job").asString()).isEqualTo(Terminal.JOB);
        assertThat(one.path("runId").asString()).isNotEmpty();
        assertThat(one.path("owners").toString()).isEqualTo("{\"team\":\"platform\",\"tier\":\"1\"}");
        assertThat(Instant.parse(one.path("dueAt").asString())).isAfter(terminal.home.clock.instant());
        assertThat(terminal.type("status").out())
                .contains("due within a day: " + hooks)
                .containsPattern("team: platform, tier: 1 +dten-cleanup +" + hooks + " +20");
    }

    @Test
    void whatIsOverdueStaysInTheNoticeUntilItIsRemoved() {
        terminal.home.clock.moveOn(QUARANTINE.plusDays(3));
        assertThat(due()).isNotEmpty();

        terminal.data("run", "--due", "--yes");

        assertThat(due()).isEmpty();
    }

    @Test
    void aJobThatIsGoneIsSaid() throws IOException {
        terminal.home.clock.moveOn(QUARANTINE);
        Files.delete(folder.resolve("jobs/dten-cleanup.yaml"));

        JsonNode one = due().get(0);

        assertThat(one.path("owners")).isEmpty();
        assertThat(one.path("reason").asString())
                .isEqualTo("job 'dten-cleanup' is in no file without problems: it stays until it is");
        assertThat(terminal.type("status").out()).contains("nobody named", "is in no file without problems");
    }

    @Test
    void ofAnUpgradeThatWasRolledBackNothingIsRemovedAnyMore() {
        terminal.home.clock.moveOn(QUARANTINE);
        terminal.data("upgrade", "rollback", DtenScenario.UPGRADE);

        assertThat(due()).isEmpty();
    }
}
