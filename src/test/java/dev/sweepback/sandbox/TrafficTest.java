package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final Traffic traffic = new Traffic();

    private void record(int from, int to) {
        for (int i = from; i < to; i++) {
            traffic.record(new TwinRequest("GET", "/" + i, Map.of(), Map.of(), ""), 200);
        }
    }

    @Test
    void theOldestRequestsAreForgottenAndStillCounted() {
        record(0, Traffic.LIMIT + 10);

        assertThat(traffic.exchanges()).hasSize(Traffic.LIMIT);
        assertThat(traffic.exchanges().get(0).path()).isEqualTo("/10");
        assertThat(traffic.total()).isEqualTo(Traffic.LIMIT + 10L);
    }

    @Test
    void whatWasAskedForIsWithoutQueryHeadersAndBody() {
        traffic.record(
                new TwinRequest("POST", "/a", Map.of("q", "secret"), Map.of("x-vault-token", "secret"), "secret"), 204);

        assertThat(traffic.exchanges()).containsExactly(new Traffic.Exchange("POST", "/a", 204));
        assertThat(traffic.exchanges().toString()).doesNotContain("secret");
    }
}
