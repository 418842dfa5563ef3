package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxTest {

    @Test
    void aSandboxStartsAgainOnTheSamePorts() throws Exception {
        Sandbox.Ports ports;
        try (Sandbox first = Sandbox.start(new SteppedClock())) {
            ports = first.ports();
        }

        try (Sandbox second = Sandbox.start(new SteppedClock(), ports)) {
            assertThat(second.ports()).isEqualTo(ports);
            assertThat(TwinClient.of(second.unleash()).get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void theDumpHoldsTheThingsOfAllThree() {
        try (Sandbox sandbox = Sandbox.start(new SteppedClock())) {
            sandbox.unleash().addFlag("default", "a", "release", "", List.of());
            long hook = sandbox.github().addHook("https://example.com/", List.of("push"), "s3cret", true);
            sandbox.vault().writeSecret("a", Json.object().put("k", "hunter2"));

            assertThat(sandbox.dump().propertyNames()).contains("flag:a", "webhook:" + hook, "kv:secret/a");
            assertThat(sandbox.dump().toString()).doesNotContain("s3cret", "hunter2");
        }
    }
}
