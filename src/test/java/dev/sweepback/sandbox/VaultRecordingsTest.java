package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The twin against all that was recorded from a real Vault 1.8. */
class VaultRecordingsTest {

    /** What is not replayed, and why. */
    private static final Map<String, String> NOT_REPLAYED = Map.of();

    /** Pointers that may differ, and why. */
    private static final Map<String, Map<String, String>> DEVIATIONS = Map.of(
            "lease-issue-db-creds-200", Map.of("/data/password", "left out of the recording"),
            "wrap-unwrap-200", Map.of("/data/password", "left out of the recording"),
            "health-standby-429",
                    Map.of(
                            "/cluster_name", "recorded from another server, which has a name of its own",
                            "/cluster_id", "recorded from another server, which has an id of its own"));

    /** Fresh in every answer, and no text. */
    private static final Set<String> ALWAYS = Set.of("/server_time_utc", "/data/creation_time");

    static List<String> replayed() throws IOException {
        return Recording.names("vault").stream()
                .filter(name -> !NOT_REPLAYED.containsKey(name))
                .toList();
    }

    @Test
    void everyRecordingIsReplayedOrSaysWhyNot() throws Exception {
        List<String> names = Recording.names("vault");

        assertThat(names).hasSize(157).containsAll(NOT_REPLAYED.keySet()).containsAll(DEVIATIONS.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replayed")
    void theTwinAnswersAsTheRealServerDid(String name) throws Exception {
        Recording recording = Recording.load("vault", name);
        Set<String> ignored = new HashSet<>(ALWAYS);
        ignored.addAll(DEVIATIONS.getOrDefault(name, Map.of()).keySet());

        try (VaultScene scene = new VaultScene(name)) {
            TwinClient.Answer answer = scene.client(recording.request().path("headers"))
                    .send(recording.method(), recording.path(scene.replaced()), recording.body(scene.replaced()));

            assertThat(recording.differences(answer, scene.replaced(), ignored)).isEmpty();
        }
    }
}
