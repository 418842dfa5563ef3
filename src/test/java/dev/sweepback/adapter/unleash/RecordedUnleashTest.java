package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The connector's view of exchanges that were recorded with a real server. */
class RecordedUnleashTest {

    private static final ResourceRef FLAG = new ResourceRef("flag", "unleash", "tmp-upgrade-rich2");

    @Test
    void theListAndTheFlagItselfGiveTheSameResource() throws IOException {
        JsonNode listed = body("search-page2").path("features").path(0);
        JsonNode tags = body("feature-tags-get").path("tags");

        Resource fromList = FlagResource.of(FLAG, listed, listed.path("tags"));
        Resource fromFlag = FlagResource.of(FLAG, body("feature-get-rich"), tags);

        assertThat(listed.path("name").asString()).isEqualTo(FLAG.id());
        assertThat(fromList.fields()).isEqualTo(fromFlag.fields());
        assertThat(fromList.use()).isEqualTo(fromFlag.use());
        assertThat(fromList.fingerprint()).isEqualTo(fromFlag.fingerprint());
    }

    @Test
    void aRevivedFlagIsHalfWayBetweenArchivedAndBefore() throws IOException {
        JsonNode tags = body("feature-tags-get").path("tags");
        State before = FlagState.live((ObjectNode) body("feature-get-rich"), tags);
        State revived = FlagState.live((ObjectNode) body("feature-get-revived"), tags);
        State archived = FlagState.archived(
                body("search-archived").path("features").path(0),
                Map.of("production", body("strategies-get")),
                Map.of("production", body("environment-variants-get").path("variants")));

        assertThat(before.differences(revived))
                .containsExactly("/dependencies/parent-flag", "/environments/production/enabled");
        Gap gap = Gap.between(before, revived);
        assertThat(gap.lacksNothing()).isTrue();
        assertThat(gap.off()).containsExactly("production");
        assertThat(gap.parents()).hasSize(1);
        assertThat(gap.archived()).isFalse();
        assertThat(FlagParts.strategies(before.content().at("/environments/production")))
                .isEqualTo(FlagParts.strategies(archived.content().at("/environments/production")))
                .hasSize(3);
        assertThat(FlagState.sameEnvironmentsOn(before, archived)).isTrue();
        assertThat(archived.content().at("/environments/production/variants")).hasSize(2);
        assertThat(archived.content().at("/environments/production/strategies")).hasSize(3);
        assertThat(archived.content().path("archivedAt").asString()).isEqualTo("2026-11-23T21:31:52.522Z");
    }

    @Test
    void aFlagThatIsOnWithoutAnEnabledStrategyIsLeftAlone() throws IOException {
        JsonNode tags = body("feature-tags-get").path("tags");
        JsonNode listed = body("search-page2").path("features").path(0);
        ObjectNode feature = (ObjectNode) body("feature-get-rich");
        assertThat(FlagResource.of(FLAG, feature, tags).untouchable()).isEmpty();

        for (JsonNode environment : feature.path("environments")) {
            environment.path("strategies").forEach(strategy -> ((ObjectNode) strategy).put("disabled", true));
        }
        listed.path("environments")
                .forEach(environment -> ((ObjectNode) environment).put("hasEnabledStrategies", false));

        assertThat(FlagResource.of(FLAG, feature, tags).untouchable().orElseThrow())
                .startsWith("on in production without an enabled strategy");
        assertThat(FlagResource.of(FLAG, listed, tags).untouchable())
                .isEqualTo(FlagResource.of(FLAG, feature, tags).untouchable());
    }

    @ParameterizedTest
    @CsvSource({
        "auth-none,UNAUTHENTICATED",
        "auth-bad-token-archive,UNAUTHENTICATED",
        "auth-backend-token-archive,UNAUTHENTICATED",
        "forbidden-viewer-batch-archive,FORBIDDEN",
        "archive-parent-with-child-batch,CONFLICT",
        "batch-archive-with-orphan-parent,CONFLICT",
        "batch-archive-wrong-project,CONFLICT",
        "env-on-while-archived,CONFLICT",
        "dependency-on-archived-parent,CONFLICT",
        "get-unknown,NOT_FOUND",
        "search-bad-filter,REJECTED"
    })
    void aRecordedRefusalHasItsMeaning(String recording, Kind kind) throws IOException {
        JsonNode answer = recording(recording).path("response");
        Response response = new Response(
                answer.path("status").asInt(),
                Map.of("content-type", "application/json; charset=utf-8"),
                answer.path("body").toString());

        assertThat(new UnleashStatusRule()
                        .judge("unleash", Request.get("/x"), response)
                        .kind())
                .isEqualTo(kind);
    }

    private static JsonNode body(String name) throws IOException {
        return recording(name).path("response").path("body");
    }

    private static JsonNode recording(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(
                RecordedUnleashTest.class.getResourceAsStream("/recordings/unleash/" + name + ".json"), name)) {
            return JsonMapper.shared().readTree(file);
        }
    }
}
