package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Entry;
import dev.sweepback.upgrade.UpgradeState;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals of the Standard Webhooks scheme, on a real socket. */
class StandardWebhooksTest {

    private static final String STARTED = "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\"}}";

    private final SignalScene scene = new SignalScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aSignedEventMovesTheUpgradeOnceHoweverOftenItComes() throws Exception {
        HttpResponse<String> first = scene.send(scene.started("msg_1"));
        scene.clock.advance(Duration.ofSeconds(20));
        HttpResponse<String> second = scene.send(scene.started("msg_1"));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("\"result\":\"recorded\"");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("\"result\":\"already\"");
        assertThat(scene.state()).isEqualTo(UpgradeState.RUNNING);
        assertThat(scene.entries()).hasSize(2);
        Entry entry = scene.entries().get(1);
        assertThat(entry.actor().name()).isEqualTo("signal:standard-webhooks");
        assertThat(entry.actor().authenticated()).isTrue();
        assertThat(entry.data("event")).contains("standard-webhooks:msg_1");
    }

    @ParameterizedTest
    @CsvSource({"upgrade.failed, FAILED", "upgrade.completed, SUCCEEDED", "upgrade.rolled-back, ROLLED_BACK"})
    void eachTypeIsItsMove(String type, UpgradeState leadsTo) throws Exception {
        scene.send(scene.started("msg_1"));
        scene.clock.advance(Duration.ofMinutes(10));
        Instant stated = scene.clock.instant().minusSeconds(400);
        String body =
                "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":{\"upgrade\":\"dten-2.4.0\",\"reason\":\"so it went\",\"ticket\":\"CHG-7\"}}"
                        .formatted(type, stated);

        assertThat(scene.status(scene.webhook("msg_2", scene.clock.instant(), SignalScene.NEW_KEY, body)))
                .isEqualTo(200);

        assertThat(scene.state()).isEqualTo(leadsTo);
        Entry entry = scene.entries().get(2);
        assertThat(entry.reason()).contains("so it went");
        assertThat(entry.data("occurredAt")).contains(stated.toString());
    }

    @Test
    void eachOfSeveralSecretsCountsWhileTheyAreExchanged() throws Exception {
        Instant now = scene.clock.instant();

        assertThat(scene.status(scene.webhook("msg_1", now, SignalScene.OLD_KEY, STARTED)))
                .isEqualTo(200);
        assertThat(scene.status(scene.webhook("msg_2", now, SignalScene.NEW_KEY, STARTED)))
                .isEqualTo(200);
        assertThat(scene.status(scene.webhook("msg_3", now, SignalScene.STRANGE_KEY, STARTED)))
                .isEqualTo(401);
    }

    @Test
    void oneRightSignatureAmongSeveralIsEnough() throws Exception {
        Instant now = scene.clock.instant();
        String wrong = SignalScene.signature(SignalScene.STRANGE_KEY, "msg_1", now, STARTED);
        String right = SignalScene.signature(SignalScene.OLD_KEY, "msg_1", now, STARTED);

        assertThat(scene.status(scene.webhook(
                        SignalScene.EVENTS, "msg_1", now, "v1a,c29tZXRoaW5n " + wrong + " " + right, STARTED)))
                .isEqualTo(200);
        assertThat(scene.state()).isEqualTo(UpgradeState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"-300, 200", "-301, 401", "0, 200", "300, 200", "301, 401"})
    void fiveMinutesOfDifferenceAreBelievedOnBothSides(int seconds, int status) throws Exception {
        Instant time = scene.clock.instant().plusSeconds(seconds);

        assertThat(scene.status(scene.webhook("msg_1", time, SignalScene.NEW_KEY, STARTED)))
                .isEqualTo(status);
        assertThat(scene.state()).isEqualTo(status == 200 ? UpgradeState.RUNNING : UpgradeState.SCHEDULED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1,", "v1,AAAA", "v2,x", ",", " ", "sha256=00"})
    void aSignatureThatIsNoneIsNotBelieved(String signature) throws Exception {
        assertThat(scene.status(scene.webhook(SignalScene.EVENTS, "msg_1", scene.clock.instant(), signature, STARTED)))
                .isEqualTo(401);
    }

    @Test
    void whatIsSignedIsIdTimeAndBodyTogether() throws Exception {
        Instant now = scene.clock.instant();
        String signature = SignalScene.signature(SignalScene.NEW_KEY, "msg_1", now, STARTED);
        String events = SignalScene.EVENTS;

        assertThat(scene.status(scene.webhook(events, "msg_2", now, signature, STARTED)))
                .isEqualTo(401);
        assertThat(scene.status(scene.webhook(events, "msg_1", now.plusSeconds(1), signature, STARTED)))
                .isEqualTo(401);
        assertThat(scene.status(scene.webhook(events, "msg_1", now, signature, STARTED + " ")))
                .isEqualTo(401);
        assertThat(scene.state()).isEqualTo(UpgradeState.SCHEDULED);
    }

    @Test
    void anIdWithADotIsNotBelievedAsItsPartsCouldBeShifted() throws Exception {
        assertThat(scene.status(scene.started("msg.1"))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aMissingHeaderIsNotBelieved(String missing) throws Exception {
        var request = scene.post(SignalScene.EVENTS, STARTED);
        Instant now = scene.clock.instant();
        String signature = SignalScene.signature(SignalScene.NEW_KEY, "msg_1", now, STARTED);
        if (!missing.equals("webhook-id")) {
            request.header("webhook-id", "msg_1");
        }
        if (!missing.equals("webhook-timestamp")) {
            request.header("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        }
        if (!missing.equals("webhook-signature")) {
            request.header("webhook-signature", signature);
        }

        assertThat(scene.status(request)).isEqualTo(401);
    }

    @Test
    void whoCannotSignDoesNotLearnWhichUpgradesThereAre() throws Exception {
        Instant now = scene.clock.instant();
        String wrong = SignalScene.signature(SignalScene.STRANGE_KEY, "msg_1", now, STARTED);
        String old = SignalScene.signature(SignalScene.NEW_KEY, "msg_1", now.minusSeconds(900), STARTED);

        HttpResponse<String> known = scene.send(scene.webhook(SignalScene.EVENTS, "msg_1", now, wrong, STARTED));
        HttpResponse<String> unknown =
                scene.send(scene.webhook("/v1/upgrades/nothing/events", "msg_1", now, wrong, STARTED));
        HttpResponse<String> late =
                scene.send(scene.webhook(SignalScene.EVENTS, "msg_1", now.minusSeconds(900), old, STARTED));

        assertThat(known.statusCode()).isEqualTo(401);
        assertThat(known.body())
                .isEqualTo("{\"error\":{\"code\":\"not-believed\",\"what\":\"it cannot be told who sent this\","
                        + "\"where\":\"standard-webhooks\",\"remedy\":\"sign it with a secret that this daemon was given,"
                        + " and set the clock\"}}");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(late.body()).isEqualTo(known.body());
    }

    @Test
    void whoCanSignLearnsThatThereIsNoSuchUpgrade() throws Exception {
        Instant now = scene.clock.instant();
        String body = STARTED.replace("dten-2.4.0", "nothing");
        String signature = SignalScene.signature(SignalScene.NEW_KEY, "msg_1", now, body);

        HttpResponse<String> response =
                scene.send(scene.webhook("/v1/upgrades/nothing/events", "msg_1", now, signature, body));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"unknown-upgrade\"").doesNotContain("dten");
    }

    @Test
    void aMoveThatIsNotPossibleIsAConflictWithItsReason() throws Exception {
        HttpResponse<String> response = scene.send(scene.webhook(
                "msg_1", scene.clock.instant(), SignalScene.NEW_KEY, STARTED.replace("started", "completed")));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body())
                .contains("\"code\":\"state\"")
                .contains("upgrade 'dten-2.4.0' is scheduled: it cannot 'complete'")
                .contains("start it first");
        assertThat(scene.entries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"data\":{\"upgrade\":\"dten-2.4.0\"}}",
                "{\"type\":\"upgrade.scheduled\",\"data\":{\"upgrade\":\"dten-2.4.0\"}}",
                "{\"type\":7,\"data\":{\"upgrade\":\"dten-2.4.0\"}}",
                "{\"type\":\"upgrade.started\",\"data\":[]}",
                "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\"},\"more\":1}",
                "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\",\"cause\":\"x\"}}",
                "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\",\"reason\":null}}",
                "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\",\"reason\":\"two\\nlines\"}}",
                "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\",\"reason\":\"\\ud800\"}}",
                "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.5.0\"}}",
                "{\"type\":\"upgrade.started\",\"timestamp\":\"yesterday\",\"data\":{\"upgrade\":\"dten-2.4.0\"}}",
                "{\"type\":\"upgrade.started\",\"type\":\"upgrade.failed\",\"data\":{\"upgrade\":\"dten-2.4.0\"}}",
                "{\"type\":\"upgrade.started\",\"data\":{\"upgrade\":\"dten-2.4.0\"}} {}"
            })
    void aBodyThatIsNotWhatItShouldBeIsRefused(String body) throws Exception {
        HttpResponse<String> response =
                scene.send(scene.webhook("msg_1", scene.clock.instant(), SignalScene.NEW_KEY, body));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":{\"code\":\"");
        assertThat(scene.entries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"upgrade.started\"}", "{\"type\":\"upgrade.started\",\"data\":{}}"})
    void aBodyThatNamesNoUpgradeIsRefusedAsThePathIsNotSigned(String body) throws Exception {
        HttpResponse<String> response =
                scene.send(scene.webhook("msg_1", scene.clock.instant(), SignalScene.NEW_KEY, body));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("\"code\":\"upgrade-missing\"")
                .contains("sign the upgrade too: {\\\"data\\\": {\\\"upgrade\\\"");
        assertThat(scene.entries()).hasSize(1);
    }

    @Test
    void aSignatureCannotBeMovedToAnotherUpgrade() throws Exception {
        Instant now = scene.clock.instant();
        String other = STARTED.replace("dten-2.4.0", "dten-2.5.0");
        String signature = SignalScene.signature(SignalScene.NEW_KEY, "msg_1", now, other);

        HttpResponse<String> response = scene.send(scene.webhook(SignalScene.EVENTS, "msg_1", now, signature, other));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(scene.state()).isEqualTo(UpgradeState.SCHEDULED);
    }
}
