package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Faults;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @Test
    void itWarnsOfSecretsInFilesThatAreOpenToOthers() throws Exception {
        Path token = folder.resolve("token");
        terminal.home.write("token", terminal.home.sandbox.vault().token());
        terminal.home.write("sweepback.yaml", terminal.home.settings(1).replace("env:VAULT_TOKEN", "file:token"));

        for (String rights : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString(rights));

            assertThat(warnings()).as(rights).anySatisfy(finding -> {
                assertThat(finding.path("subject").asString()).isEqualTo("secret file:" + token);
                assertThat(finding.path("remedy").asString()).isEqualTo("chmod go-rwx " + token);
            });
        }
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));

        assertThat(warnings())
                .noneSatisfy(finding ->
                        assertThat(finding.path("subject").asString()).startsWith("secret"));
        assertThat(terminal.type("doctor").exit()).isZero();
    }

    private List<JsonNode> warnings() {
        return StreamSupport.stream(terminal.data("doctor").spliterator(), false)
                .filter(finding -> finding.path("level").asString().equals("warning"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"url: \"http://127.0.0.1:1\"", "auth: {token: \"env:NOWHERE\"}"})
    void whatKeepsAConnectionFromBeingReadIsToldOnce(String wrong) {
        String key = wrong.substring(0, wrong.indexOf(':'));
        terminal.home.write(
                "sweepback.yaml",
                terminal.home
                        .settings(1)
                        .replaceAll("(vault: \\{type: vault, .*)" + key + ": (\"[^\"]*\"|\\{[^}]*})", "$1" + wrong));

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.json())
                .filteredOn(finding -> finding.path("level").asString().equals("problem"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.path("what").asString())
                        .startsWith("lease {prefix=database/creds/dten-migrator}, token: "));
    }

    @Test
    void aConnectionThatBreaksIsNotAskedForTheNextKind() {
        terminal.home
                .sandbox
                .vault()
                .faults()
                .next(99, Faults.request("LIST", ".*"))
                .reset();

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.json())
                .filteredOn(finding -> finding.path("level").asString().equals("problem"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.path("what").asString())
                        .startsWith("lease {prefix=database/creds/dten-migrator}, token: ")
                        .contains("LIST /v1/sys/leases/lookup"));
    }

    @Test
    void whatKeepsOneKindFromBeingReadDoesNotHideTheOthers() {
        terminal.home
                .sandbox
                .vault()
                .faults()
                .next(9, Faults.request("LIST", "/v1/sys/leases/lookup/.*"))
                .answer(403, "application/json", "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}");

        Terminal.Answer answer = terminal.type("doctor");

        assertThat(answer.out())
                .containsPattern("problem +connection vault +lease \\{prefix=database/creds/dten-migrator\\}: ")
                .containsPattern("ok +connection vault +reads \\d+ of token");
    }

    private static List<String> levels(JsonNode findings) {
        return StreamSupport.stream(findings.spliterator(), false)
                .map(finding -> finding.path("level").asString())
                .distinct()
                .toList();
    }
}
