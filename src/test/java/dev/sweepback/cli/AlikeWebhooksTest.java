package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.RunJson;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.undo.Only;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks of Unleash that differ in nothing but where to they deliver, which it hides: the hooks of the old version. */
class AlikeWebhooksTest extends UnleashStory {

    private static final String REMOVED = "action: disable, quarantine: 3m, then: remove, secretRef: \"env:HIDDEN\"";

    private final List<Integer> ids = new ArrayList<>();

    private void seed(int count) {
        ObjectNode values = JsonMapper.shared().createObjectNode();
        for (int number = 0; number < count; number++) {
            String url = "https://gateway.example.com/" + number;
            ObjectNode webhook = JsonMapper.shared().createObjectNode();
            webhook.put("provider", "webhook").put("enabled", true).put("description", "");
            webhook.putObject("parameters").put("url", url);
            webhook.putArray("events").add("feature-archived");
            int id = twin.addAddon(webhook);
            ids.add(id);
            values.putObject(String.valueOf(id)).put("url", url);
        }
        hidden = values.toString();
        clock.moveOn(Duration.ofHours(1));
    }

    private void writeJob(String where) throws IOException {
        writeFiles("kind: webhook, select: {where: '" + where + "'}, " + REMOVED);
    }

    private Run removed(Story story) {
        Run first = story.run();
        assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
        clock.moveOn(Duration.ofMinutes(10));
        Run second = story.runDue();
        assertThat(second.state()).as(RunJson.toJson(second).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
        clock.moveOn(Duration.ofMinutes(10));
        return first;
    }

    /** Each where to it delivers and whether it does, without its number. */
    private List<String> webhooks() {
        return twin.dump()
                .valueStream()
                .map(AlikeWebhooksTest::withoutNumber)
                .map(JsonNode::toString)
                .sorted()
                .toList();
    }

    private static JsonNode withoutNumber(JsonNode webhook) {
        return ((ObjectNode) webhook).without(List.of("id", "createdAt", "bookkeeping"));
    }

    private long created() {
        return twin.traffic().count("POST", "/api/admin/addons");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void allOfThemComeBack(int concurrency) throws IOException {
        this.concurrency = concurrency;
        seed(8);
        List<String> before = webhooks();
        writeJob("true");

        try (Story story = new Story()) {
            Run first = removed(story);
            assertThat(webhooks()).isEmpty();

            Run undo = story.undo(first);

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(webhooks()).isEqualTo(before);
            assertThat(created()).isEqualTo(8);
            assertThat(story.state(first)).isEqualTo(RunState.UNDONE);
        }
    }

    @Test
    void allOfThemComeBackWhereAnAnswerWasLost() throws IOException {
        seed(4);
        List<String> before = webhooks();
        writeJob("true");

        try (Story story = new Story()) {
            Run first = removed(story);
            twin.faults().next(Faults.request("POST", "/api/admin/addons")).resetAfterwards();

            Run undo = story.undo(first);

            assertThat(webhooks()).hasSize(4);
            assertThat(created()).isEqualTo(4);
            Run rest = story.undo(first);
            assertThat(webhooks())
                    .as(RunJson.toJson(undo).toPrettyString() + RunJson.toJson(rest))
                    .isEqualTo(before);
            assertThat(created()).isEqualTo(4);
            assertThat(story.state(first)).isEqualTo(RunState.UNDONE);
        }
    }

    /** Nor where it could not be read what became of it: the others are announced with what was there already. */
    @Test
    void allOfThemComeBackWhereWhatBecameOfOneIsSeenLate() throws IOException {
        seed(3);
        List<String> before = webhooks();
        writeJob("true");

        try (Story story = new Story()) {
            Run first = removed(story);
            twin.faults().next(Faults.request("POST", "/api/admin/addons")).resetAfterwards();
            twin.faults()
                    .next(request -> request.method().equals("GET") && created() == 1)
                    .answer(404, "application/json", "{}");

            Run undo = story.undo(first);

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(webhooks()).isEqualTo(before);
            assertThat(created()).isEqualTo(3);
        }
    }

    /** The first was not created, the second was and did not answer: whose the one is that is there, nobody can tell. */
    @Test
    void whereItCannotBeToldWhichOneCameBackNoneIsTakenForItNorCreatedTwice() throws IOException {
        concurrency = 1;
        seed(2);
        List<String> before = webhooks();
        writeJob("true");

        try (Story story = new Story()) {
            Run first = removed(story);
            twin.faults().next(Faults.request("POST", "/api/admin/addons")).reset();
            twin.faults().next(Faults.request("POST", "/api/admin/addons")).resetAfterwards();

            Run undo = story.undo(first);

            assertThat(undo.open())
                    .hasSize(2)
                    .allSatisfy(operation -> assertThat(operation
                                    .lookFailed()
                                    .orElseThrow()
                                    .reason()
                                    .orElseThrow())
                            .endsWith("look at 3"));
            assertThat(webhooks()).hasSize(1);
            assertThat(created()).isEqualTo(2);
            assertThat(story.left()).isEqualTo(2);

            twin.removeAddon(3);
            assertThat(story.left()).isZero();
            Run rest = story.undo(first);
            assertThat(webhooks()).as(RunJson.toJson(rest).toPrettyString()).isEqualTo(before);
            assertThat(story.state(first)).isEqualTo(RunState.UNDONE);
        }
    }

    @Test
    void oneThatIsPutBackLaterByAnotherProcessIsNotTakenForTheFirst() throws IOException {
        seed(2);
        List<String> before = webhooks();
        writeJob("true");
        Run first;
        try (Story story = new Story()) {
            first = removed(story);
            story.undo(first, Only.parse("name=" + ids.get(1)));
            assertThat(created()).isEqualTo(1);
        }

        clock.moveOn(Duration.ofDays(1));
        try (Story story = new Story("chain-2")) {
            Run undo = story.undo(first);

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(webhooks()).isEqualTo(before);
        }
    }

    @Test
    void oneThatStayedIsNotTakenForTheOneThatWasRemoved() throws IOException {
        seed(2);
        List<String> before = webhooks();
        writeJob("resource.id == \"%d\"".formatted(ids.get(0)));

        try (Story story = new Story()) {
            Run undo = story.undo(removed(story));

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(webhooks()).isEqualTo(before);
        }
    }
}
