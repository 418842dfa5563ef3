package dev.sweepback.sandbox;

import static dev.sweepback.sandbox.Faults.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final String HOOKS = "/repos/acme/dten/hooks";

    private final GithubTwin twin = new GithubTwin(new SteppedClock(), 0, "acme", "dten");
    private final TwinClient client = TwinClient.of(twin);
    private final long hook = twin.addHook("https://dten.example.com/v2/a", List.of("push"), "s3cret", true);

    @AfterEach
    void stop() {
        twin.close();
    }

    @Test
    void anAnswerIsReplacedOnceAndTheRequestIsNotCarriedOut() throws Exception {
        twin.faults().next(request("DELETE", HOOKS + "/.*")).slowDown(429, Duration.ofSeconds(7), "{}");

        TwinClient.Answer refused = client.send("DELETE", HOOKS + "/" + hook, "");
        boolean kept = twin.hookIds().contains(hook);
        TwinClient.Answer done = client.send("DELETE", HOOKS + "/" + hook, "");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("retry-after", "7");
        assertThat(kept).isTrue();
        assertThat(done.status()).isEqualTo(204);
        assertThat(twin.hookIds()).isEmpty();
    }

    @Test
    void aCutBodyBreaksTheConnectionAfterTheHeaders() {
        twin.faults().next(request("GET", HOOKS)).cutBody();

        assertThatThrownBy(() -> client.get(HOOKS)).isInstanceOf(IOException.class);
    }

    @Test
    void aResetComesBeforeOrAfterTheRequestWasCarriedOut() {
        long other = twin.addHook("https://dten.example.com/v2/b", List.of("push"), null, true);
        twin.faults().next(request("DELETE", HOOKS + "/" + hook)).reset();
        twin.faults().next(request("DELETE", HOOKS + "/" + other)).resetAfterwards();

        assertThatThrownBy(() -> client.send("DELETE", HOOKS + "/" + hook, "")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> client.send("DELETE", HOOKS + "/" + other, "")).isInstanceOf(IOException.class);

        assertThat(twin.hookIds()).containsExactly(hook);
    }

    @Test
    void aHeldAnswerComesAfterTheRequestWasCarriedOut() throws Exception {
        HeldAnswer held = twin.faults().hold(request("DELETE", HOOKS + "/.*"));

        CompletableFuture<TwinClient.Answer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return client.send("DELETE", HOOKS + "/" + hook, "");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        boolean arrived = held.awaitArrived(Duration.ofSeconds(20));
        List<Long> left = twin.hookIds();
        boolean answeredEarly = answer.isDone();
        held.release();

        assertThat(arrived).isTrue();
        assertThat(left).isEmpty();
        assertThat(answeredEarly).isFalse();
        assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(204);
    }

    @Test
    void bodiesThatAreNoAnswerComeWithTheRightStatus() throws Exception {
        twin.faults().next(request("GET", HOOKS)).html();
        twin.faults().next(request("GET", HOOKS)).brokenJson();
        twin.faults().next(request("GET", HOOKS)).wrongJson();

        TwinClient.Answer html = client.get(HOOKS);
        TwinClient.Answer broken = client.get(HOOKS);
        TwinClient.Answer wrong = client.get(HOOKS);

        assertThat(html.headers().get("content-type")).startsWith("text/html");
        assertThat(html.status()).isEqualTo(200);
        assertThat(broken.body()).isEqualTo("{\"unexpected\":[1,");
        assertThat(wrong.json().isArray()).isFalse();
    }

    @Test
    void lateAnswersAndLateEffectsArriveInTheEnd() throws Exception {
        twin.faults().next(request("GET", HOOKS)).lateAnswer(Duration.ofMillis(20));
        twin.faults().next(request("GET", HOOKS)).lateEffect(Duration.ofMillis(20));

        assertThat(client.get(HOOKS).status()).isEqualTo(200);
        assertThat(client.get(HOOKS).status()).isEqualTo(200);
    }

    @Test
    void trafficIsCountedWithWhatWasAnswered() throws Exception {
        twin.faults().next(2, request("GET", HOOKS)).answer(503, "text/plain", "busy");

        client.get(HOOKS);
        client.get(HOOKS + "?per_page=1");
        client.get(HOOKS);

        assertThat(twin.traffic().count("GET", HOOKS)).isEqualTo(3);
        assertThat(twin.traffic().exchanges())
                .extracting(Traffic.Exchange::status)
                .containsExactly(503, 503, 200);
    }
}
