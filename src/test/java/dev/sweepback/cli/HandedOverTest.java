package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An undo says where each credential lies that it issued again, and until when it can be fetched. */
class HandedOverTest {

    private static final String STEP = "vault:vault/secret/handover/dten";

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

    private String run() {
        terminal.data("enable", Terminal.JOB, "--yes");
        return terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
    }

    private static List<JsonNode> reissued(JsonNode undo) {
        return undo.path("operations")
                .valueStream()
                .filter(operation -> operation.path("result").asString().equals("reissued"))
                .toList();
    }

    @Test
    void thePlaceInVaultStandsWithEachOfThem() {
        JsonNode undo = terminal.data("undo", run(), "--yes");

        assertThat(reissued(undo)).isNotEmpty().allSatisfy(operation -> {
            String id = operation.path("operationId").asString();
            JsonNode left =
                    terminal.home.sandbox.vault().secret("handover/dten/" + id).orElseThrow();
            JsonNode handedOver = operation.path("handedOver");
            assertThat(handedOver.path("place").asString()).isEqualTo(STEP + "/" + id);
            assertThat(handedOver.path("until").asString())
                    .isEqualTo(left.path("expires").asString());
        });
        assertThat(undo.path("operations").valueStream().filter(operation -> operation.has("handedOver")))
                .hasSameSizeAs(reissued(undo));
    }

    @Test
    void peopleReadItToo() {
        Terminal.Answer undo = terminal.type("undo", run(), "--yes");

        assertThat(undo.exit()).isZero();
        assertThat(undo.out().lines().filter(line -> line.contains("reissued")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).containsPattern("left at " + STEP + "/\\S+ until 20\\d\\d-"));
        assertThat(undo.out()).contains("Fetch what was left in time", "vault unwrap");
    }

    @Test
    void whoeverLostItIsToldAgain() {
        String run = run();
        JsonNode undo = terminal.data("undo", run, "--yes");

        Terminal.Answer again = terminal.type("undo", run, "--yes");

        assertThat(again.err()).contains("nothing to take back");
        assertThat(reissued(undo))
                .allSatisfy(operation -> assertThat(again.err())
                        .contains("left at "
                                + operation.path("handedOver").path("place").asString() + " until "));
    }

    @Test
    void withoutAHandoverInTheStepTheFileIsNamed() throws IOException {
        terminal.home.write("jobs/dten-cleanup.yaml", SandboxHome.JOB.replaceAll("\\n +handover: vault:\\S+", ""));

        JsonNode undo = terminal.data("undo", run(), "--yes");

        assertThat(reissued(undo)).isNotEmpty();
        for (JsonNode operation : reissued(undo)) {
            JsonNode handedOver = operation.path("handedOver");
            assertThat(handedOver.path("place").asString()).startsWith("file:" + terminal.home.home());
            Path file = Path.of(handedOver.path("place").asString().substring("file:".length()));
            assertThat(handedOver.path("until").asString())
                    .isEqualTo(JsonMapper.shared()
                            .readTree(Files.readString(file))
                            .path("expires")
                            .asString());
        }
    }

    @Test
    void whatIsPutBackByItselfIsLeftNowhere() {
        String run = run();

        Terminal.Answer undo = terminal.type("undo", run, "--only", "kind=flag", "--yes");

        assertThat(undo.out()).contains("exact").doesNotContain("left at", "Fetch what was left");
    }

    @Test
    void aPartThatWasTakenBackTellsOfItselfAlone() {
        String run = run();
        String flags = terminal.data("undo", run, "--only", "kind=flag", "--yes")
                .path("runId")
                .asString();
        String rest = terminal.data("undo", run, "--yes").path("runId").asString();

        Terminal.Answer again = terminal.type("undo", run, "--only", "kind=flag", "--yes");
        Terminal.Answer all = terminal.type("undo", run, "--yes");

        assertThat(again.err())
                .contains("nothing to take back", "run " + flags + " took it back")
                .doesNotContain(rest, "left at");
        assertThat(all.err()).contains("run " + flags + " took it back", "run " + rest + " took it back", "left at");
    }
}
