package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.DtenScenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CommandLineStoryTest {

    @TempDir
    Path folder;

    @Test
    void fromAnUpgradeToItsCleanupAndBack() {
        try (Terminal terminal = new Terminal(folder)) {
            JsonNode upgrade = terminal.playUpgrade();

            assertThat(names(upgrade))
                    .contains(
                            "upgradeId",
                            "package",
                            "from",
                            "to",
                            "environment",
                            "state",
                            "window",
                            "startedAt",
                            "completedAt");
            assertThat(names(upgrade.path("window"))).containsExactly("start", "end", "buffer");
            assertThat(upgrade.path("state").asString()).isEqualTo("succeeded");

            Terminal.Answer closed = terminal.type("gate", Terminal.JOB, "-o", "json");

            assertThat(closed.exit()).isEqualTo(4);
            assertThat(names(closed.json())).contains("job", "upgrade", "state", "retryAt", "conditions");
            assertThat(names(closed.json().path("conditions").get(0)))
                    .contains("name", "state", "reason", "evidence", "retryAt");

            terminal.data("enable", Terminal.JOB, "--yes", "--reason", "release 2.4.0 runs well", "--ticket", "OPS-7");

            assertThat(terminal.data("gate", Terminal.JOB).path("state").asString())
                    .isEqualTo("open");

            String kept = "flag:unleash/" + DtenScenario.FLAG_KEPT_BY_HAND;
            terminal.data("keep", kept, "--until", "2099-12-31", "--reason", "legacy export still runs");
            terminal.forgetTraffic();
            JsonNode plan = terminal.data("plan", Terminal.JOB);

            assertThat(terminal.writes()).isEmpty();
            assertThat(names(plan))
                    .contains("planId", "digest", "job", "upgrade", "gate", "operations", "kept", "blocked", "totals");
            assertThat(names(plan.path("operations").get(0)))
                    .contains("id", "step", "connection", "kind", "resource", "action", "reversibility", "reason");
            assertThat(plan.path("totals").path("operations").asInt()).isEqualTo(23);

            ObjectNode before = terminal.home.sandbox.dump();
            JsonNode run = terminal.data(
                    "run",
                    Terminal.JOB,
                    "--plan",
                    plan.path("planId").asString().substring(0, 6),
                    "--yes");

            assertThat(names(run)).contains("runId", "planId", "job", "upgrade", "state", "totals", "undo");
            assertThat(names(run.path("totals"))).contains("done", "failed", "skipped", "unsettled");
            assertThat(names(run.path("undo"))).contains("exact", "lossy", "reissue", "none");
            assertThat(run.path("planId")).isEqualTo(plan.path("planId"));
            assertThat(run.path("state").asString()).isEqualTo("succeeded");
            assertThat(run.path("totals").path("done").asInt()).isEqualTo(23);

            String runId = run.path("runId").asString();
            audited(terminal, runId);

            JsonNode undo = terminal.data("undo", runId.substring(0, 5), "--yes");

            assertThat(undo.path("undoOf").asString()).isEqualTo(runId);
            assertThat(undo.path("operations")).hasSize(23);
            assertThat(names(undo.path("operations").get(0))).contains("operationId", "resource", "result", "differs");
            assertThat(Comparison.between(before, terminal.home.sandbox.dump()).different())
                    .isEmpty();
            assertThat(terminal.data("history").get(1).path("state").asString()).isEqualTo("undone");
            undoneOnce(terminal, runId, undo);
        }
    }

    private static void undoneOnce(Terminal terminal, String runId, JsonNode undo) {
        String undoId = undo.path("runId").asString();
        JsonNode outcomes = terminal.data("audit", "list", "--run", undoId, "--type", "operation.outcome");

        assertThat(outcomes).hasSize(23).allSatisfy(outcome -> {
            assertThat(outcome.path("direction").asString()).isEqualTo("revert");
            assertThat(outcome.path("result").asString()).isIn("exact", "lossy", "reissued");
            assertThat(outcome.path("name").asString()).isNotEmpty();
        });
        assertThat(terminal.type("audit", "list", "--run", undoId, "--kind", "flag")
                        .out())
                .contains(" undo archive done  ");
        assertThat(terminal.type("audit", "list", "--run", runId).out())
                .contains(" archive done  ")
                .doesNotContain("undo");

        terminal.forgetTraffic();
        JsonNode again = terminal.data("undo", runId, "--yes");
        Terminal.Answer said = terminal.type("undo", runId, "--yes");

        assertThat(names(again))
                .containsAll(names(undo).stream()
                        .filter(name -> !name.endsWith("At"))
                        .toList());
        assertThat(again.path("runId").isNull()).isTrue();
        assertThat(again.path("undoOf").asString()).isEqualTo(runId);
        assertThat(again.path("operations")).isEmpty();
        assertThat(again.path("totals").path("done").asInt()).isZero();
        assertThat(said.exit()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("nothing to take back in run " + runId, "run " + undoId + " took it back");
        assertThat(terminal.writes()).isEmpty();
    }

    private static void audited(Terminal terminal, String runId) {
        JsonNode entries = terminal.data("audit", "list", "--run", runId, "--type", "operation.outcome");

        assertThat(entries).hasSize(23);
        assertThat(names(entries.get(0)))
                .containsExactly(
                        "seq",
                        "time",
                        "actor",
                        "type",
                        "runId",
                        "operationId",
                        "connection",
                        "kind",
                        "resource",
                        "action",
                        "outcome",
                        "direction",
                        "name",
                        "result",
                        "reason");
        assertThat(entries.get(0).path("actor").asString()).startsWith("local:");
        assertThat(terminal.data("audit", "list", "--kind", "flag", "--type", "operation.outcome"))
                .hasSize(9);
        assertThat(terminal.data("audit", "list", "--name", "dten-*", "--kind", "flag", "--limit", "3"))
                .hasSize(3);
        assertThat(terminal.data("audit", "list", "--upgrade", DtenScenario.UPGRADE, "--until", "2000-01-01"))
                .isEmpty();

        String operation = entries.get(0).path("operationId").asString();
        assertThat(terminal.data("audit", "show", operation.substring(0, 6))).hasSize(2);
        JsonNode enabled =
                terminal.data("audit", "list", "--type", "job.enabled").get(0);
        JsonNode shown = terminal.data("audit", "show", enabled.path("seq").asString());
        assertThat(shown.path("reason").asString()).isEqualTo("release 2.4.0 runs well");
        assertThat(shown.path("ticket").asString()).isEqualTo("OPS-7");

        Terminal.Answer verified = terminal.type("audit", "verify", "-o", "json");
        assertThat(verified.exit()).isZero();
        assertThat(names(verified.json())).contains("ok", "entries", "size", "root", "coveredTo");
        assertThat(verified.err()).contains("not covered by a checkpoint yet");
    }

    private static List<String> names(JsonNode node) {
        return new ArrayList<>(node.propertyNames());
    }
}
