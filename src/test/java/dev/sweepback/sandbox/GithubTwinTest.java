package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GithubTwinTest {

    private static final String HOOKS = "/repos/acme/dten/hooks";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private final SteppedClock clock = new SteppedClock();
    private final GithubTwin twin = new GithubTwin(clock, 0, "acme", "dten");
    private final TwinClient client = TwinClient.of(twin);

    @AfterEach
    void stop() {
        twin.close();
    }

    @Test
    void followingTheLinksGivesEveryHookOnce() throws Exception {
        for (int i = 0; i < 70; i++) {
            twin.addHook("https://example.com/" + i, List.of("push"), null, true);
        }

        List<Long> ids = new ArrayList<>();
        String next = HOOKS + "?per_page=30";
        while (!next.isEmpty()) {
            TwinClient.Answer page = client.get(next);
            page.json().forEach(hook -> ids.add(hook.path("id").asLong()));
            next = next(page);
        }

        assertThat(ids).containsExactlyElementsOf(twin.hookIds()).hasSize(70);
    }

    @Test
    void aHookShowsAllRequiredFieldsOfTheDescriptionAndNoSecret() throws Exception {
        long id = twin.addHook("https://example.com/", List.of("push"), "s3cret", true);

        TwinClient.Answer answer = client.get(HOOKS + "/" + id);

        assertThat(answer.json().propertyNames())
                .contains(
                        "id",
                        "url",
                        "type",
                        "name",
                        "active",
                        "events",
                        "config",
                        "ping_url",
                        "created_at",
                        "updated_at",
                        "last_response",
                        "test_url");
        assertThat(answer.body()).doesNotContain("s3cret").contains("********");
        assertThat(answer.headers()).containsKeys("x-ratelimit-remaining", "x-github-request-id");
    }

    @Test
    void aPatchOfTheConfigWithoutTheSecretRemovesItAndOneOfTheSwitchDoesNot() throws Exception {
        long id = twin.addHook("https://example.com/", List.of("push"), "s3cret", true);

        client.send("PATCH", HOOKS + "/" + id, "{\"active\":false}");
        boolean keptBySwitch = twin.secretOf(id).isPresent();
        client.send("PATCH", HOOKS + "/" + id, "{\"config\":{\"url\":\"https://example.com/\"}}");

        assertThat(keptBySwitch).isTrue();
        assertThat(twin.secretOf(id)).isEmpty();
    }

    @Test
    void aConfigsOwnAddressKeepsWhatItDoesNotName() throws Exception {
        long id = twin.addHook("https://example.com/", List.of("push"), "s3cret", true);

        JsonNode config = client.send("PATCH", HOOKS + "/" + id + "/config", "{\"url\":\"https://example.org/\"}")
                .json();

        assertThat(Json.text(config, "url", "")).isEqualTo("https://example.org/");
        assertThat(twin.secretOf(id)).contains("s3cret");
    }

    @Test
    void theSameHookIsNotCreatedTwice() throws Exception {
        String body = "{\"config\":{\"url\":\"https://example.com/\",\"content_type\":\"json\"},\"events\":[\"push\"]}";

        TwinClient.Answer first = client.send("POST", HOOKS, body);
        TwinClient.Answer second = client.send("POST", HOOKS, body);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.json().at("/errors/0/message").asString())
                .isEqualTo("Hook already exists on this repository");
    }

    @Test
    void badCredentialsUnknownHooksAndUnknownRepositoriesAreRefused() throws Exception {
        TwinClient stranger = client.with("Authorization", "Bearer wrong");

        assertThat(stranger.get(HOOKS).status()).isEqualTo(401);
        assertThat(Json.text(stranger.get(HOOKS).json(), "message", "")).isEqualTo("Bad credentials");
        assertThat(client.get(HOOKS + "/1").status()).isEqualTo(404);
        assertThat(client.send("DELETE", HOOKS + "/1", "").status()).isEqualTo(404);
        assertThat(client.get("/repos/acme/other/hooks").status()).isEqualTo(404);
    }

    @Test
    void deliveriesArePagedByCursorNewestFirst() throws Exception {
        long id = twin.addHook("https://example.com/", List.of("push"), null, true);
        for (int i = 0; i < 5; i++) {
            twin.deliver("push", 200);
        }

        TwinClient.Answer first = client.get(HOOKS + "/" + id + "/deliveries?per_page=3");
        TwinClient.Answer second = client.get(next(first));

        assertThat(first.json().size()).isEqualTo(3);
        assertThat(second.json().size()).isEqualTo(2);
        assertThat(first.json().at("/0/id").asLong())
                .isGreaterThan(second.json().at("/0/id").asLong());
        assertThat(next(second)).isEmpty();
    }

    @Test
    void aUsedUpRateLimitRefusesUntilTheHourIsOver() throws Exception {
        twin.limit(new GithubLimit.Primary(403, 1));

        int first = client.get(HOOKS).status();
        TwinClient.Answer refused = client.get(HOOKS);
        clock.advance(Duration.ofHours(1));

        assertThat(first).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers()).containsEntry("x-ratelimit-remaining", "0");
        assertThat(client.get(HOOKS).status()).isEqualTo(200);
    }

    /** A secondary limit is on the pace of requests: the count of the hour stays. */
    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void aSecondaryLimitTurnsTheNextRequestsAwayByItsText(int status) throws Exception {
        twin.limit(new GithubLimit.Secondary(status, 1, Optional.of(Duration.ofSeconds(30))));

        TwinClient.Answer refused = client.get(HOOKS);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).contains("secondary rate limit");
        assertThat(refused.headers())
                .containsEntry("retry-after", "30")
                .containsEntry("x-ratelimit-remaining", "15000");
        assertThat(client.get(HOOKS).status()).isEqualTo(200);
    }

    /** Schema {@code org-hook}. */
    @Test
    void aHookOfAnOrganizationIsItsOwnAndHasNoLastResponse() throws Exception {
        long id = twin.addOrganizationHook("https://example.com/", List.of("push"), "s3cret", true);

        JsonNode hook = client.get("/orgs/acme/hooks/" + id).json();

        assertThat(Json.text(hook, "type", "")).isEqualTo("Organization");
        assertThat(hook.propertyNames()).contains("ping_url").doesNotContain("last_response", "test_url");
        assertThat(client.get(HOOKS + "/" + id).status()).isEqualTo(404);
        assertThat(client.get("/orgs/nobody/hooks").status()).isEqualTo(404);
    }

    @Test
    void anOrganizationsHooksHaveFurtherPagesUnderItsNumber() throws Exception {
        for (int i = 0; i < 3; i++) {
            twin.addOrganizationHook("https://example.com/" + i, List.of("push"), null, true);
        }

        String next = next(client.get("/orgs/acme/hooks?per_page=2"));

        assertThat(next).startsWith("/organizations/9919/hooks?");
        assertThat(client.get(next).json().size()).isEqualTo(1);
    }

    @Test
    void aDeliveryIsSignedWithTheSecretAndNotAtAllWithoutOne() {
        long signed = twin.addHook("https://example.com/", List.of("push"), "s3cret", true);
        long open = twin.addHook("https://example.org/", List.of("push"), null, true);

        twin.deliver("push", 200);
        String before = twin.lastDelivery(signed).orElseThrow().signature();
        twin.changeHook(signed, Json.parse("{\"config\":{\"secret\":\"another\"}}"));
        twin.redeliver(signed, 200);

        assertThat(before).matches("sha256=[0-9a-f]{64}");
        assertThat(twin.lastDelivery(signed).orElseThrow().signature())
                .matches("sha256=[0-9a-f]{64}")
                .isNotEqualTo(before);
        assertThat(twin.lastDelivery(open).orElseThrow().signature()).isEmpty();
    }

    /** Parameter {@code status}: success is 200 to 399. */
    @Test
    void deliveriesAreTakenByOutcomeAndForgottenAfterSomeDays() throws Exception {
        long id = twin.addHook("https://example.com/", List.of("push"), null, true);
        twin.deliver("push", 302);
        twin.deliver("push", 500);
        String path = HOOKS + "/" + id + "/deliveries";

        assertThat(client.get(path).json().size()).isEqualTo(2);
        assertThat(client.get(path + "?status=success")
                        .json()
                        .at("/0/status_code")
                        .asInt())
                .isEqualTo(302);
        assertThat(client.get(path + "?status=failure")
                        .json()
                        .at("/0/status_code")
                        .asInt())
                .isEqualTo(500);
        assertThat(client.get(path + "?status=fine").status()).isEqualTo(422);
        assertThat(client.get(path + "?cursor=page2").status()).isEqualTo(400);
        clock.advance(GithubDeliveries.KEPT);
        assertThat(client.get(path).json().size()).isZero();
    }

    @Test
    void creatingAHookPingsIt() throws Exception {
        client.send("POST", HOOKS, "{\"config\":{\"url\":\"https://example.com/\"}}");

        assertThat(twin.lastDelivery(twin.hookIds().get(0)).orElseThrow().event())
                .isEqualTo("ping");
    }

    @Test
    void anOwnServerAnswersBelowItsBasePathAloneAndNamesItInItsLinks() throws Exception {
        try (GithubTwin own = GithubTwin.enterprise(clock)) {
            TwinClient there = TwinClient.of(own);
            own.addHook("https://example.com/1", List.of("push"), null, true);
            own.addHook("https://example.com/2", List.of("push"), null, true);

            TwinClient.Answer page = there.get("/api/v3" + HOOKS + "?per_page=1");

            assertThat(next(page)).startsWith("/api/v3/repositories/");
            assertThat(Json.text(page.json().path(0), "url", "")).startsWith(own.url() + "/repos/acme/dten/hooks/");
            assertThat(there.get(HOOKS).status()).isEqualTo(404);
        }
    }

    private static String next(TwinClient.Answer page) {
        Matcher link = NEXT.matcher(page.headers().getOrDefault("link", ""));
        if (!link.find()) {
            return "";
        }
        URI next = URI.create(link.group(1));
        return next.getRawPath() + "?" + next.getRawQuery();
    }
}
