package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in addresses of Vault's API and not in what people write is found before anything is asked. */
class KeyValuePathTest {

    private static final String STEP = """
                - name: keys
                  connection: vault
                  kind: kv
                  select: {path: %s}
                  action: remove
            """;

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

    private Terminal.Answer validate(String job) {
        terminal.home.write("jobs/dten-cleanup.yaml", job);
        return terminal.type("validate");
    }

    private Terminal.Answer selecting(String path) {
        return validate(SandboxHome.JOB + STEP.formatted(path));
    }

    @Test
    void aPathAsOfTheApiIsWarnedOfWithWhatToWrite() {
        Terminal.Answer data = selecting("secret/data/up/dten");
        Terminal.Answer metadata = selecting("/secret/metadata/");

        assertThat(data.exit()).isEqualTo(64);
        assertThat(data.err())
                .contains("'path' has 'data/' behind the mount", "write secret/up/dten;", "choose by 'where'")
                .containsPattern("dten-cleanup.yaml:\\d+:\\d+: ");
        assertThat(metadata.err()).contains("'path' has 'metadata/' behind the mount", "write secret;");
    }

    @Test
    void aHandoverAsOfTheApiIsWarnedOfToo() {
        Terminal.Answer answer =
                validate(SandboxHome.JOB.replace("vault/secret/handover", "vault/secret/data/handover"));

        assertThat(answer.exit()).isEqualTo(64);
        assertThat(answer.err()).contains("'handover' has 'data/' behind the mount", "write secret/handover/dten\n");
    }

    @Test
    void foldersOfSuchNamesFurtherDownAreNone() {
        assertThat(selecting("secret/up/data/x").exit()).isZero();
        assertThat(selecting("secret/database").exit()).isZero();
        assertThat(selecting("data/up").exit()).isZero();
    }
}
