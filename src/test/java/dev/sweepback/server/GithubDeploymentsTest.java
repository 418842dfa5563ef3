package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Entry;
import dev.sweepback.upgrade.UpgradeState;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub's {@code deployment_status}, on a real socket. */
class GithubDeploymentsTest {

    private static final String PAYLOAD = "{\"upgrade\":\"dten-2.4.0\"}";

    private final SignalScene scene = new SignalScene();

    @AfterEach
    void close() {
        scene.close();
    }

    private static String body(long id, String state, String payload, String environment) {
        return """
                {"action": "created",
                 "deployment_status": {"id": %d, "state": "%s", "created_at": "2026-11-02T20:00:00Z", "environment": "production"},
                 "deployment": {"url": "https://api.github.com/repos/acme/dten/deployments/1", "payload": %s, "environment": "%s"},
                 "repository": {"full_name": "acme/dten"},
                 "sender": {"login": "octocat"}}
                """.formatted(id, state, payload, environment);
    }

    private HttpRequest.Builder signed(long id, String state) {
        return scene.github(SignalScene.NEW_KEY, "deployment_status", body(id, state, PAYLOAD, "production"));
    }

    @Test
    void statesOfADeploymentMoveTheUpgrade() throws Exception {
        scene.clock.advance(Duration.ofMinutes(10));

        assertThat(scene.status(signed(1, "in_progress"))).isEqualTo(200);
        assertThat(scene.state()).isEqualTo(UpgradeState.RUNNING);
        assertThat(scene.status(signed(2, "success"))).isEqualTo(200);
        assertThat(scene.state()).isEqualTo(UpgradeState.SUCCEEDED);

        Entry entry = scene.entries().get(2);
        assertThat(entry.actor().name()).isEqualTo("signal:github");
        assertThat(entry.actor().authenticated()).isTrue();
        assertThat(entry.data("event")).contains("github:2");
        assertThat(entry.data("occurredAt")).contains("2026-11-02T20:00:00Z");
        assertThat(entry.reason()).contains("octocat, https://api.github.com/repos/acme/dten/deployments/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failure", "error"})
    void aDeploymentThatFailedFailsTheUpgrade(String state) throws Exception {
        assertThat(scene.status(signed(1, state))).isEqualTo(200);

        assertThat(scene.state()).isEqualTo(UpgradeState.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "pending", "waiting", "inactive"})
    void otherStatesChangeNothing(String state) throws Exception {
        HttpResponse<String> response = scene.send(signed(1, state));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("nothing to do");
        assertThat(scene.entries()).hasSize(1);
    }

    @Test
    void aRedeliveryIsKnownByTheIdInTheSignedBodyNotByItsDeliveryHeader() throws Exception {
        scene.send(signed(1, "in_progress"));
        HttpResponse<String> again =
                scene.send(signed(1, "in_progress").setHeader("X-GitHub-Delivery", "another-delivery"));

        assertThat(again.body()).contains("\"result\":\"already\"").contains("received before");
        assertThat(scene.send(signed(2, "success")).body())
                .as("the same delivery, another status")
                .contains("\"result\":\"recorded\"");
    }

    @Test
    void eachOfSeveralSecretsCounts() throws Exception {
        String body = body(1, "in_progress", PAYLOAD, "production");

        assertThat(scene.status(scene.github(SignalScene.STRANGE_KEY, "deployment_status", body)))
                .isEqualTo(401);
        assertThat(scene.state()).isEqualTo(UpgradeState.SCHEDULED);
        assertThat(scene.status(scene.github(SignalScene.OLD_KEY, "deployment_status", body)))
                .isEqualTo(200);
        assertThat(scene.state()).isEqualTo(UpgradeState.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=", "sha256=zz", "sha1=0000000000000000000000000000000000000000", "x"})
    void aSignatureThatIsNoneIsNotBelieved(String signature) throws Exception {
        HttpRequest.Builder request = signed(1, "in_progress").setHeader("X-Hub-Signature-256", signature);

        assertThat(scene.status(request)).isEqualTo(401);
    }

    @Test
    void aSignedPingIsAnswered() throws Exception {
        assertThat(scene.status(scene.github(SignalScene.NEW_KEY, "ping", "{\"zen\":\"Keep it simple\"}")))
                .isEqualTo(200);
        assertThat(scene.status(scene.github(SignalScene.STRANGE_KEY, "ping", "{}")))
                .isEqualTo(401);
    }

    @Test
    void anotherEventIsRefused() throws Exception {
        assertThat(scene.status(scene.github(SignalScene.NEW_KEY, "push", body(1, "success", PAYLOAD, "production"))))
                .isEqualTo(400);
    }

    @Test
    void thePayloadMayBeATextWithJsonInIt() throws Exception {
        String body = body(1, "in_progress", "\"{\\\"upgrade\\\":\\\"dten-2.4.0\\\"}\"", "production");

        assertThat(scene.status(scene.github(SignalScene.NEW_KEY, "deployment_status", body)))
                .isEqualTo(200);
        assertThat(scene.state()).isEqualTo(UpgradeState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400",
                "\"\"|400",
                "\"no json\"|400",
                "null|400",
                "{\"upgrade\":7}|400",
                "{\"upgrade\":\"other\"}|404"
            })
    void aDeploymentThatNamesNoUpgradeOfOursIsRefused(String payload, int status) throws Exception {
        String body = body(1, "in_progress", payload, "production");

        assertThat(scene.status(scene.github(SignalScene.NEW_KEY, "deployment_status", body)))
                .isEqualTo(status);
        assertThat(scene.entries()).hasSize(1);
    }

    @Test
    void aDeploymentWithoutAnUpgradeIsToldSo() throws Exception {
        String body = body(1, "in_progress", "{}", "production");

        assertThat(scene.send(scene.github(SignalScene.NEW_KEY, "deployment_status", body))
                        .body())
                .contains("\"code\":\"upgrade-missing\"");
    }

    @Test
    void aDeploymentToAnotherEnvironmentIsRefused() throws Exception {
        String body = body(1, "in_progress", PAYLOAD, "staging");

        HttpResponse<String> response = scene.send(scene.github(SignalScene.NEW_KEY, "deployment_status", body));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("\"code\":\"environment\"");
        assertThat(scene.state()).isEqualTo(UpgradeState.SCHEDULED);
    }

    @Test
    void whoAndWhereAreShortenedInTheReason() throws Exception {
        String body = body(1, "in_progress", PAYLOAD, "production").replace("octocat", "o".repeat(300));

        scene.send(scene.github(SignalScene.NEW_KEY, "deployment_status", body));

        assertThat(scene.entries().get(1).reason()).contains("o".repeat(256));
    }
}
