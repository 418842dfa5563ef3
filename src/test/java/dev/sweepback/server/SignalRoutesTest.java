package dev.sweepback.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.SignalSettings;
import dev.sweepback.upgrade.UpgradeState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all ways in which signals come have in common, on a real socket. */
class SignalRoutesTest {

    private static final String STARTED = "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\"}}";

    private static HttpRequest.Builder forged(SignalScene scene) {
        return scene.webhook("msg_1", scene.clock.instant(), SignalScene.STRANGE_KEY, STARTED);
    }

    private static int forge(SignalScene scene, String... forwardedFor) throws Exception {
        HttpRequest.Builder request = forged(scene);
        for (String line : forwardedFor) {
            request.header("X-Forwarded-For", line);
        }
        return scene.status(request);
    }

    @Test
    void tenThousandForgedSignalsAddAtMostTenEntriesAndARightOneStillCounts() throws Exception {
        try (SignalScene scene = new SignalScene(1200)) {
            int before = scene.entries().size();
            int notBelieved = 0;
            for (int count = 0; count < 10_000; count++) {
                notBelieved += forge(scene, "192.0.2." + count % 2) == 401 ? 1 : 0;
                if (count % 20 == 0) {
                    scene.clock.advance(Duration.ofSeconds(1));
                    scene.refused.recordDue();
                }
            }

            scene.refused.record();
            assertThat(notBelieved).isEqualTo(10_000);
            assertThat(scene.summaries()).hasSizeLessThanOrEqualTo(10);
            assertThat(scene.entries()).hasSize(before + scene.summaries().size());
            assertThat(scene.state()).isEqualTo(UpgradeState.SCHEDULED);
            assertThat(scene.status(scene.started("msg_1"))).isEqualTo(200);
            assertThat(scene.state()).isEqualTo(UpgradeState.RUNNING);
        }
    }

    @Test
    void aSourceOverItsLimitIsToldWhenToComeAgainAndNothingOfItIsLookedAt() throws Exception {
        try (SignalScene scene = new SignalScene(2)) {
            forge(scene);
            forge(scene);

            HttpResponse<String> third = scene.send(scene.started("msg_1"));

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).contains("30");
            assertThat(third.body()).startsWith("{\"error\":{\"code\":\"limit\"");
            assertThat(scene.state()).as("though it was signed").isEqualTo(UpgradeState.SCHEDULED);

            scene.clock.advance(Duration.ofSeconds(30));
            assertThat(scene.status(scene.started("msg_1"))).isEqualTo(200);
        }
    }

    @Test
    void whoPretendsToBeOthersIsStillOneSource() throws Exception {
        try (SignalScene scene = new SignalScene(2)) {
            assertThat(forge(scene, "10.0.0.1, 198.51.100.7")).isEqualTo(401);
            assertThat(forge(scene, "10.0.0.2", "198.51.100.7")).isEqualTo(401);

            assertThat(forge(scene, "10.0.0.3, 198.51.100.7")).isEqualTo(429);
            assertThat(forge(scene, "10.0.0.4", "198.51.100.7")).isEqualTo(429);
            assertThat(forge(scene, "198.51.100.7, 198.51.100.8")).isEqualTo(401);
        }
    }

    @Test
    void allSourcesTogetherHaveALimit() throws Exception {
        try (SignalScene scene = new SignalScene(1)) {
            for (int source = 0; source < SignalLimits.OF_ALL; source++) {
                assertThat(forge(scene, "192.0.2." + source)).isEqualTo(401);
            }

            assertThat(forge(scene, "192.0.2.99")).isEqualTo(429);
        }
    }

    @Test
    void aHostWithManyAddressesIsOneSourceAndSilencesNobody() throws Exception {
        try (SignalScene scene = new SignalScene(1)) {
            assertThat(forge(scene, "2001:db8:0:1::1")).isEqualTo(401);
            for (int host = 2; host < 100; host++) {
                assertThat(forge(scene, "2001:db8:0:1::" + host)).isEqualTo(429);
            }

            assertThat(scene.status(scene.started("msg_1").header("X-Forwarded-For", "192.0.2.1")))
                    .isEqualTo(200);
        }
    }

    @Test
    void whoWasBelievedIsHeardThroughAFloodOfForgedSignals() throws Exception {
        try (SignalScene scene = new SignalScene(1)) {
            scene.status(scene.started("msg_1").header("X-Forwarded-For", "192.0.2.200"));
            scene.clock.advance(Duration.ofMinutes(1));
            for (int source = 0; source < SignalLimits.OF_ALL; source++) {
                forge(scene, "192.0.2." + source);
            }

            assertThat(forge(scene, "192.0.2.99")).isEqualTo(429);
            assertThat(scene.status(scene.started("msg_2").header("X-Forwarded-For", "192.0.2.200")))
                    .isEqualTo(200);
            assertThat(scene.status(scene.argocd("wrong", "{}").header("X-Forwarded-For", "192.0.2.98")))
                    .as("another receiver has a limit of its own")
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/upgrades/dten-2.4.0/events", "/v1/signals/github", "/v1/signals/argocd"})
    void aReceiverWithoutSecretsIsNotConfigured(String path) throws Exception {
        try (SignalScene scene = new SignalScene(SignalSettings.NONE)) {
            HttpResponse<String> response = scene.send(scene.post(path, STARTED));

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body())
                    .contains("\"code\":\"not-configured\"")
                    .contains("\"what\":\"not configured\"")
                    .contains("server.signals.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "'Application/JSON; charset=utf-8', 200",
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "application/jsonp, 415"
    })
    void onlyJsonIsTaken(String type, int status) throws Exception {
        try (SignalScene scene = new SignalScene()) {
            assertThat(scene.status(scene.started("msg_1").setHeader("Content-Type", type)))
                    .isEqualTo(status);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItsSignatureIsLookedAt() throws Exception {
        try (SignalScene scene = new SignalScene()) {
            Instant now = scene.clock.instant();
            String fits = STARTED + " ".repeat(64 * 1024 - STARTED.length());
            String large = fits + " ";
            String chunked = SignalScene.signature(SignalScene.NEW_KEY, "msg_3", now, large);

            assertThat(scene.status(scene.webhook("msg_1", now, SignalScene.NEW_KEY, fits)))
                    .isEqualTo(200);
            assertThat(scene.status(scene.webhook("msg_2", now, SignalScene.STRANGE_KEY, large)))
                    .isEqualTo(413);
            assertThat(scene.status(scene.webhook(SignalScene.EVENTS, "msg_3", now, chunked, "")
                            .POST(HttpRequest.BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(large.getBytes(US_ASCII))))))
                    .as("without a length")
                    .isEqualTo(413);
        }
    }

    @Test
    void aSenderThatBreaksOffChangesNothing() throws Exception {
        try (SignalScene scene = new SignalScene()) {
            try (Socket socket = connect(scene)) {
                socket.getOutputStream()
                        .write(("POST " + SignalScene.EVENTS
                                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")
                                .getBytes(US_ASCII));
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                        .doesNotContain(" 200 ");
            }

            assertThat(scene.entries()).hasSize(1);
            assertThat(scene.status(scene.started("msg_1"))).isEqualTo(200);
        }
    }

    @Test
    void strangersWhoSendSlowlyKeepNobodyFromBeingReadWhoWasBelieved() throws Exception {
        try (SignalScene scene = new SignalScene()) {
            scene.status(scene.started("msg_1").header("X-Forwarded-For", "192.0.2.200"));
            List<Socket> slow = new ArrayList<>();
            for (int count = 0; count < SignalBody.AT_ONCE; count++) {
                slow.add(connect(scene));
                // The server says this once it begins to read.
                slow.get(count)
                        .getOutputStream()
                        .write(("POST " + SignalScene.EVENTS
                                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Expect: 100-continue\r\nContent-Length: 500\r\n\r\n")
                                .getBytes(US_ASCII));
                assertThat(new String(slow.get(count).getInputStream().readNBytes(12), US_ASCII))
                        .isEqualTo("HTTP/1.1 100");
            }

            HttpResponse<String> stranger = scene.send(scene.started("msg_2").header("X-Forwarded-For", "192.0.2.1"));
            HttpResponse<String> believed = scene.send(scene.started("msg_3").header("X-Forwarded-For", "192.0.2.200"));

            assertThat(stranger.statusCode()).isEqualTo(503);
            assertThat(stranger.headers().firstValue("Retry-After")).contains("30");
            assertThat(stranger.body()).contains("\"code\":\"busy\"");
            assertThat(believed.statusCode()).isEqualTo(200);
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static Socket connect(SignalScene scene) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), URI.create(scene.url()).getPort());
    }

    @Test
    void metricsTellWhatWasAcceptedAndRefusedAndWhy() throws Exception {
        try (SignalScene scene = new SignalScene()) {
            assertThat(scene.metrics())
                    .contains("sweepback_signals_refused_total{receiver=\"github\",reason=\"signature\"} 0\n");
            scene.status(forged(scene));
            scene.status(forged(scene));
            scene.status(scene.started("msg_1"));
            scene.status(scene.started("msg_1"));
            scene.status(scene.github(SignalScene.NEW_KEY, "ping", "{}"));
            scene.status(scene.argocd("wrong", "{}"));

            assertThat(scene.metrics().lines().filter(line -> !line.endsWith(" 0")))
                    .containsExactly(
                            "# HELP sweepback_signals_accepted_total Signals that were believed, by what they led to.",
                            "# TYPE sweepback_signals_accepted_total counter",
                            "sweepback_signals_accepted_total{receiver=\"github\",result=\"nothing\"} 1",
                            "sweepback_signals_accepted_total{receiver=\"standard-webhooks\",result=\"already\"} 1",
                            "sweepback_signals_accepted_total{receiver=\"standard-webhooks\",result=\"recorded\"} 1",
                            "# HELP sweepback_signals_refused_total Signals that were refused, by reason.",
                            "# TYPE sweepback_signals_refused_total counter",
                            "sweepback_signals_refused_total{receiver=\"argocd\",reason=\"signature\"} 1",
                            "sweepback_signals_refused_total{receiver=\"standard-webhooks\",reason=\"signature\"} 2");
        }
    }

    @Test
    void theRecordOfRefusedOnesHoldsNothingOfWhatCame() throws Exception {
        try (SignalScene scene = new SignalScene()) {
            scene.status(scene.webhook(
                            "msg_telltale", scene.clock.instant(), SignalScene.STRANGE_KEY, "{\"type\":\"telltale\"}")
                    .header("X-Forwarded-For", "telltale"));
            scene.refused.record();

            assertThat(List.of(scene.summaries().get(0).toString())).noneMatch(text -> text.contains("telltale"));
        }
    }
}
