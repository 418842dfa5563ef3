package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a description to a cleanup and back, by commands. */
class RestStoryTest {

    @TempDir
    Path folder;

    private DescribedHome home;

    @BeforeEach
    void open() {
        home = new DescribedHome(folder);
        home.flagsmith.addFeature("dten-v2-checkout", "rollout");
        home.flagsmith.addFeature("dten-v2-search", "rollout");
        home.flagsmith.addFeature("dark-mode", "stays");
        home.consul.put("dten/flags/v2-checkout", "größer", 42);
        home.consul.put("dten/flags/v2-empty", "", 7);
        home.consul.put("dten/flags/dark-mode", "on", 0);
        home.consul.put("dten/flags-of-others/v2-search", "on", 0);
        home.upgraded();
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void flagsmithFromDescriptionToCleanupAndBack() {
        ObjectNode before = home.flagsmith.dump();

        cleanedUpAndBack("flagsmith", DescribedHome.FLAGSMITH_JOB, "archive");

        assertThat(behaviour(home.flagsmith.dump())).isEqualTo(behaviour(before));
    }

    @Test
    void consulFromDescriptionToCleanupAndBack() {
        ObjectNode before = home.consul.dump();

        cleanedUpAndBack("consul", DescribedHome.CONSUL_JOB, "remove");

        assertThat(behaviour(home.consul.dump())).isEqualTo(behaviour(before));
    }

    private void cleanedUpAndBack(String connection, String job, String action) {
        assertThat(home.type("validate").exit()).as(home.type("validate").err()).isZero();

        JsonNode blocked = home.data("plan", job);
        assertThat(blocked.path("operations")).isEmpty();
        assertThat(blocked.path("blocked"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.path("reason").asString())
                        .contains("not proven on this system yet: run `sweepback doctor --probe " + connection + "`"));
        assertThat(home.writes()).isZero();

        JsonNode verdicts = home.data("doctor", "--probe", connection, "--yes");
        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.path("action").asString()).isEqualTo(action);
            assertThat(verdict.path("proven").asBoolean()).isTrue();
            assertThat(verdict.path("differs")).isEmpty();
        });

        JsonNode plan = home.data("plan", job);
        assertThat(plan.path("operations"))
                .hasSize(2)
                .allSatisfy(operation ->
                        assertThat(operation.path("reversibility").asString()).isEqualTo("exact"));

        JsonNode run = home.data("run", job, "--yes");
        assertThat(run.path("totals").path("done").asInt()).isEqualTo(2);

        JsonNode undo = home.data("undo", run.path("runId").asString(), "--yes");
        assertThat(undo.path("operations"))
                .hasSize(2)
                .allSatisfy(operation ->
                        assertThat(operation.path("result").asString()).isEqualTo("exact"));
    }

    private static ObjectNode behaviour(ObjectNode dump) {
        dump.forEach(entry -> ((ObjectNode) entry).remove(List.of("bookkeeping")));
        return dump;
    }
}
