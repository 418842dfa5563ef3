package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Entry;
import dev.sweepback.upgrade.UpgradeState;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications of Argo CD, on a real socket. */
class ArgocdNotificationsTest {

    private final SignalScene scene = new SignalScene();

    @AfterEach
    void close() {
        scene.close();
    }

    private static String body(String id, String phase, String more) {
        return "{\"id\":\"%s\",\"upgrade\":\"dten-2.4.0\",\"environment\":\"production\",\"phase\":\"%s\"%s}"
                .formatted(id, phase, more);
    }

    @Test
    void phasesOfASyncMoveTheUpgrade() throws Exception {
        scene.send(scene.argocd(SignalScene.NEW_TOKEN, body("a/Running", "Running", "")));
        assertThat(scene.state()).isEqualTo(UpgradeState.RUNNING);
        scene.clock.advance(Duration.ofMinutes(20));

        HttpResponse<String> response = scene.send(scene.argocd(
                SignalScene.NEW_TOKEN, body("a/Succeeded", "Succeeded", ",\"finishedAt\":\"2026-11-02T20:02:00Z\"")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(scene.state()).isEqualTo(UpgradeState.SUCCEEDED);
        Entry entry = scene.entries().get(2);
        assertThat(entry.actor().name()).isEqualTo("signal:argocd");
        assertThat(entry.data("event")).contains("argocd:a/Succeeded");
        assertThat(entry.data("occurredAt")).contains("2026-11-02T20:02:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "Error"})
    void aSyncThatFailedFailsTheUpgrade(String phase) throws Exception {
        assertThat(scene.status(scene.argocd(SignalScene.NEW_TOKEN, body("a", phase, ""))))
                .isEqualTo(200);

        assertThat(scene.state()).isEqualTo(UpgradeState.FAILED);
    }

    @Test
    void theSameNotificationASecondTimeChangesNothing() throws Exception {
        scene.send(scene.argocd(SignalScene.NEW_TOKEN, body("a", "Running", "")));

        HttpResponse<String> again = scene.send(scene.argocd(SignalScene.OLD_TOKEN, body("a", "Running", "")));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"result\":\"already\"").contains("received before");
        assertThat(scene.entries()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer the-newer-token-of-enough-bytes, 200",
        "bearer an-older-token-of-enough-bytes, 200",
        "Bearer the-newer-token-of-enough-byte, 401",
        "Bearer the-newer-token-of-enough-bytes., 401",
        "the-newer-token-of-enough-bytes, 401",
        "Basic the-newer-token-of-enough-bytes, 401",
        "Bearer, 401"
    })
    void onlyATokenThatWasGivenIsBelieved(String header, int status) throws Exception {
        assertThat(scene.status(
                        scene.post(SignalScene.ARGOCD, body("a", "Running", "")).header("Authorization", header)))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"a\",\"upgrade\":\"dten-2.4.0\",\"environment\":\"staging\",\"phase\":\"Running\"}|409",
                "{\"id\":\"a\",\"upgrade\":\"other\",\"environment\":\"production\",\"phase\":\"Running\"}|404",
                "{\"id\":\"a\",\"upgrade\":\"dten-2.4.0\",\"environment\":\"production\",\"phase\":\"Terminating\"}|400",
                "{\"id\":\"a\",\"upgrade\":\"dten-2.4.0\",\"environment\":\"production\",\"phase\":\"Running\",\"x\":1}|400",
                "{\"id\":\"a b\",\"upgrade\":\"dten-2.4.0\",\"environment\":\"production\",\"phase\":\"Running\"}|400",
                "{\"upgrade\":\"dten-2.4.0\",\"environment\":\"production\",\"phase\":\"Running\"}|400",
                "{\"id\":\"a\",\"upgrade\":\"dten-2.4.0\",\"phase\":\"Running\"}|400"
            })
    void whatTheTemplateDoesNotSayIsRefused(String body, int status) throws Exception {
        assertThat(scene.status(scene.argocd(SignalScene.NEW_TOKEN, body))).isEqualTo(status);

        assertThat(scene.entries()).hasSize(1);
    }
}
