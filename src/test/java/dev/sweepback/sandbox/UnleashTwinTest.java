package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UnleashTwinTest {

    private static final String PROJECT = "/api/admin/projects/default";

    private final SteppedClock clock = new SteppedClock();
    private final UnleashTwin twin = new UnleashTwin(clock, 0);
    private final TwinClient client = TwinClient.of(twin);

    @AfterEach
    void stop() {
        twin.close();
    }

    @Test
    void aSingleReviveOfALiveFlagSwitchesItOffAndABatchDoesNot() throws Exception {
        twin.addFlag("default", "a", "release", "", List.of());
        twin.setEnabled("a", "production", true);

        client.send("POST", PROJECT + "/revive", "{\"features\":[\"a\"]}");
        boolean afterBatch = enabled("a");
        client.send("POST", "/api/admin/archive/revive/a", "");

        assertThat(afterBatch).isTrue();
        assertThat(enabled("a")).isFalse();
    }

    @Test
    void aSecondArchiveStampsTheFlagAgain() throws Exception {
        twin.addFlag("default", "a", "release", "", List.of());

        client.send("DELETE", PROJECT + "/features/a", "");
        String first = archived("a", "archivedAt");
        clock.advance(Duration.ofMinutes(5));
        client.send("DELETE", PROJECT + "/features/a", "");

        assertThat(archived("a", "archivedAt")).isNotEqualTo(first);
        assertThat(twin.events("feature-archived", "a")).isEqualTo(2);
    }

    @Test
    void anArchivedFlagThatIsStillEvaluatedMoves() throws Exception {
        twin.addFlag("default", "a", "release", "", List.of());
        twin.archive("default", "a");
        clock.advance(Duration.ofDays(1));

        twin.evaluate("a", "web", "production");

        assertThat(archived("a", "lastSeenAt")).isEqualTo(UnleashViews.time(clock.instant()));
        assertThat(client.get("/api/admin/client-metrics/features/a")
                        .json()
                        .at("/seenApplications/0")
                        .asString(""))
                .isEqualTo("web");
    }

    @Test
    void pagesOfOneHundredGiveEveryFlagOnce() throws Exception {
        for (int i = 0; i < 230; i++) {
            twin.addFlag("default", "f-" + i, "release", "", List.of());
        }

        List<String> names = new ArrayList<>();
        for (int offset = 0; offset < 230; offset += 100) {
            client.get("/api/admin/search/features?project=IS:default&sortBy=name&limit=100&offset=" + offset)
                    .json()
                    .path("features")
                    .forEach(flag -> names.add(Json.text(flag, "name", "")));
        }

        assertThat(names).hasSize(230).doesNotHaveDuplicates();
    }

    @Test
    void archivingWhilePagingSkipsRows() throws Exception {
        for (int i = 0; i < 20; i++) {
            twin.addFlag("default", "f-" + i, "release", "", List.of());
        }

        JsonNode first =
                client.get("/api/admin/search/features?limit=10&offset=0").json();
        first.path("features").forEach(flag -> twin.archive("default", Json.text(flag, "name", "")));
        JsonNode second =
                client.get("/api/admin/search/features?limit=10&offset=10").json();

        assertThat(second.path("features").size()).isZero();
    }

    @Test
    void switchingOnWithoutAnEnabledStrategyAddsOne() throws Exception {
        twin.addFlag("default", "a", "release", "", List.of());
        twin.addStrategy("a", "production", Json.object().put("disabled", true));

        client.send("POST", PROJECT + "/features/a/environments/production/on", "");
        client.send("POST", PROJECT + "/features/a/environments/production/on", "");

        assertThat(client.get(PROJECT + "/features/a/environments/production/strategies")
                        .json()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void anEnvironmentGoesOffWithItsLastEnabledStrategyBeItDisabledOrRemoved() throws Exception {
        twin.addFlag("default", "a", "release", "", List.of());
        String path = PROJECT + "/features/a/environments/production/strategies/";
        String first = twin.addStrategy("a", "production", Json.object().put("name", "default"));
        String second = twin.addStrategy("a", "production", Json.object().put("name", "default"));
        twin.addStrategy("a", "production", Json.object().put("disabled", true));
        twin.setEnabled("a", "production", true);

        client.send("DELETE", path + first, "");
        assertThat(enabled("a")).isTrue();
        client.send("PATCH", path + second, "[{\"op\":\"replace\",\"path\":\"/disabled\",\"value\":true}]");

        assertThat(enabled("a")).isFalse();
    }

    private int subscribed() {
        return twin.addAddon(Json.parse("{\"events\":[\"feature-archived\"],\"parameters\":{\"url\":\"http://x\"}}"));
    }

    private void disable(int addon) throws Exception {
        client.send(
                "PUT",
                "/api/admin/addons/" + addon,
                "{\"provider\":\"webhook\",\"enabled\":false,\"events\":[\"feature-archived\"],\"parameters\":{\"url\":\"*****\"}}");
    }

    private void archiveOne(String flag) throws Exception {
        twin.addFlag("default", flag, "release", "", List.of());
        client.send("DELETE", PROJECT + "/features/" + flag, "");
    }

    @Test
    void anEventForAnIntegrationThatWasJustDeletedEndsTheServerUntilItIsStartedAgain() throws Exception {
        int addon = subscribed();
        archiveOne("a");
        client.send("DELETE", "/api/admin/addons/" + addon, "");

        assertThatThrownBy(() -> archiveOne("b")).isInstanceOf(IOException.class);

        assertThat(twin.crashed()).isTrue();
        assertThatThrownBy(() -> client.get("/health")).isInstanceOf(IOException.class);
        twin.restart();
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(twin.isLive("b")).isFalse();
    }

    @Test
    void anIntegrationThatWasDisabledAMinuteBeforeItIsDeletedHarmsNobody() throws Exception {
        int addon = subscribed();
        archiveOne("a");
        disable(addon);
        clock.advance(Duration.ofSeconds(65));

        client.send("DELETE", "/api/admin/addons/" + addon, "");
        archiveOne("b");

        assertThat(twin.crashed()).isFalse();
        assertThat(twin.deliveries(addon)).isEqualTo(1);
    }

    @Test
    void disablingAnIntegrationActsWithinAMinute() throws Exception {
        int addon = subscribed();
        archiveOne("a");
        disable(addon);

        archiveOne("b");
        clock.advance(Duration.ofMinutes(1));
        archiveOne("c");

        assertThat(twin.deliveries(addon)).isEqualTo(2);
    }

    @Test
    void anApiTokenOpensWhatApplicationsReadUntilItIsDeleted() throws Exception {
        String secret = twin.addApiToken(
                Json.parse("{\"tokenName\":\"t\",\"type\":\"client\",\"environment\":\"production\"}"));
        TwinClient application = client.with("Authorization", secret);

        int before = application.get("/api/client/features").status();
        client.send("DELETE", "/api/admin/api-tokens/" + secret, "");

        assertThat(before).isEqualTo(200);
        assertThat(application.get("/api/client/features").status()).isEqualTo(401);
        assertThat(twin.apiTokenIsLive(secret)).isFalse();
    }

    private boolean enabled(String flag) {
        return twin.dump()
                .at("/flag:" + flag + "/environments/production/enabled")
                .asBoolean();
    }

    private String archived(String flag, String field) throws Exception {
        for (JsonNode found :
                client.get("/api/admin/search/features?archived=IS:true").json().path("features")) {
            if (Json.text(found, "name", "").equals(flag)) {
                return Json.text(found, field, "");
            }
        }
        return "not archived";
    }
}
