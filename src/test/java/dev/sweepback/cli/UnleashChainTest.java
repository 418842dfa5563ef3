package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.RunJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A flag that is archived or disabled, deleted when its quarantine is over, and put back through both. */
class UnleashChainTest extends UnleashStory {

    private static final String FLAG = "checkout-v2";
    private static final String SELECTED = "kind: flag, select: {where: 'resource.name == \"%s\"'}, ".formatted(FLAG);

    private void seed() {
        twin.addFlag("default", "checkout", "release", "the parent", List.of());
        twin.addFlag("default", FLAG, "release", "rollout", List.of("upgrade:u1", "simple:temporary"));
        for (String environment : List.of("development", "production")) {
            ObjectNode strategy = JsonMapper.shared().createObjectNode();
            strategy.put("name", "flexibleRollout").put("title", environment);
            twin.addStrategy(FLAG, environment, strategy);
        }
        twin.setEnabled(FLAG, "production", true);
        twin.setVariants(FLAG, (ArrayNode) JsonMapper.shared().readTree("[{\"name\":\"blue\",\"weight\":1000}]"));
        twin.addLink(FLAG, "https://example.org/t/1", "ticket");
        twin.setParent(FLAG, "checkout");
    }

    /** Without what the server writes itself, and the ids that it gives. */
    private JsonNode flags() {
        ObjectNode dump = twin.dump();
        for (JsonNode flag : dump) {
            ((ObjectNode) flag).remove("bookkeeping");
            flag.path("links").forEach(link -> ((ObjectNode) link).remove("id"));
            flag.path("environments")
                    .forEach(environment ->
                            environment.path("strategies").forEach(strategy -> ((ObjectNode) strategy).remove("id")));
        }
        return dump;
    }

    private boolean isThere() {
        return twin.dump().has("flag:" + FLAG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive", "disable", "stale"})
    void aFlagGoesByQuarantineAndComesBackThroughBothActions(String action) throws IOException {
        seed();
        JsonNode before = flags();
        writeFiles(SELECTED + "action: %s, quarantine: 7d, then: remove".formatted(action));

        try (Story story = new Story()) {
            Run first = story.run();
            assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(isThere()).isTrue();
            clock.moveOn(Duration.ofDays(8));
            Run second = story.runDue();
            assertThat(second.state())
                    .as(RunJson.toJson(second).toPrettyString())
                    .isEqualTo(RunState.SUCCEEDED);
            assertThat(isThere()).isFalse();

            Run undo = story.undo(first);

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(undo.operations()).hasSize(2);
            assertThat(flags()).isEqualTo(before);
            assertThat(story.state(first)).isEqualTo(RunState.UNDONE);
            assertThat(story.state(second)).isEqualTo(RunState.UNDONE);
        }
    }

    @Test
    void undoOfTheRemovalAlonePutsTheFlagBackIntoTheArchive() throws IOException {
        seed();
        writeFiles(SELECTED + "action: archive, quarantine: 7d, then: remove");

        try (Story story = new Story()) {
            Run first = story.run();
            clock.moveOn(Duration.ofDays(8));
            Run second = story.runDue();

            Run undo = story.undo(second);

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(isThere()).isTrue();
            assertThat(twin.isLive(FLAG)).isFalse();
            assertThat(undo.operations())
                    .singleElement()
                    .satisfies(
                            operation -> assertThat(RunJson.differs(operation)).contains("links", "archivedAt"));

            Run rest = story.undo(first);

            assertThat(rest.state()).as(RunJson.toJson(rest).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(twin.isLive(FLAG)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"action: remove", "action: disable, quarantine: 1m, then: remove"})
    void aWebhookIsRemovedOutOfALongEnoughQuarantineAlone(String action) throws IOException {
        writeFiles("kind: webhook, select: {where: 'true'}, " + action);

        assertThat(Wiring.load(folder.resolve("sweepback.yaml"), outside()).problems())
                .singleElement()
                .asString()
                .contains("'remove' of kind webhook on Unleash needs that it was disabled for at least 2m before");
    }
}
