package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorTest {

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        terminal.playUpgrade();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void itVerifiesTheJournal() throws Exception {
        assertThat(levels(terminal.data("doctor"))).doesNotContain("problem");
        assertThat(terminal.type("doctor").out()).containsPattern("ok +journal +3 entries verified");

        Path database = terminal.home.home().resolve("sweepback.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER entry_is_never_changed");
            statement.execute("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 2");
        }
        Terminal.Answer damaged = terminal.type("doctor");

        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.out()).containsPattern("problem +journal +entry 2").contains("remedy: ");
    }

    @Test
    void itWarnsOfAHomeThatIsOpenToOthers() throws Exception {
        Files.setPosixFilePermissions(terminal.home.home(), PosixFilePermissions.fromString("rwxr-xr-x"));

        JsonNode findings = terminal.data("doctor");

        assertThat(levels(findings)).contains("warning").doesNotContain("problem");
        assertThat(findings)
                .filteredOn(finding -> finding.path("level").asString().equals("warning")
                        && finding.path("subject").asString().equals("home"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("ok").asBoolean()).isTrue();
                    assertThat(finding.path("what").asString()).contains("is open to others");
                    assertThat(finding.path("remedy").asString()).startsWith("chmod go-rwx ");
                });
    }

    private static List<String> levels(JsonNode findings) {
        return StreamSupport.stream(findings.spliterator(), false)
                .map(finding -> finding.path("level").asString())
                .distinct()
                .toList();
    }
}
