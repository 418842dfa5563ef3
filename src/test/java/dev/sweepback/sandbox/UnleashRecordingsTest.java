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

/** The twin against all that was recorded from a real Unleash 7.5.1. */
class UnleashRecordingsTest {

    /** What is not replayed, and why. */
    private static final Map<String, String> NOT_REPLAYED = Map.of();

    private static final Map<String, String> PROVIDERS =
            Map.of("/providers", "a long description of each kind of integration, which nobody here reads");

    private static final Map<String, String> TOTAL = Map.of("/total", "all that had ever happened at that server");

    private static final String LATE = "the stage is written late: this flag had none, or an earlier one";

    /** Pointers that may differ, and why. */
    private static final Map<String, Map<String, String>> DEVIATIONS = Map.ofEntries(
            Map.entry("addons-list", PROVIDERS),
            Map.entry("addons-list-empty", PROVIDERS),
            Map.entry("viewer-addons-list-allowed", PROVIDERS),
            Map.entry(
                    "api-tokens-list",
                    Map.of(
                            "/tokens/1/seenAt",
                            "use of tokens is not kept",
                            "/tokens/3/seenAt",
                            "use of tokens is not kept")),
            Map.entry(
                    "api-token-recreate-with-secret",
                    Map.of("/secret", "a new one, whatever is asked for; the recording hides both")),
            Map.entry("client-features", Map.of("/meta/queryHash", "how the server makes it is not known")),
            Map.entry("events-search-addon", TOTAL),
            Map.entry("events-search-deleted", TOTAL),
            Map.entry("events-search-type", TOTAL),
            Map.entry(
                    "features-export",
                    Map.of(
                            "/contextFields", "definitions are not kept, flags alone",
                            "/segments", "definitions are not kept, flags alone",
                            "/tagTypes", "definitions are not kept, flags alone")),
            Map.entry("search-archived", Map.of("/features/0/tags", "in no particular order once archived")),
            Map.entry(
                    "search-limit-over-100-falls-to-50",
                    Map.of(
                            "/features/46/lifecycle", LATE,
                            "/features/47/lifecycle", LATE,
                            "/features/48/lifecycle", LATE,
                            "/features/49/lifecycle", LATE)),
            Map.entry("search-page1", Map.of("/features/1/lifecycle/stage", LATE)));

    /** Numbers that the server counts up. */
    private static final Set<String> ALWAYS =
            Set.of("/events/*/id", "/integrationEvents/*/event/id", "/meta/revisionId");

    static List<String> replayed() throws IOException {
        return Recording.names("unleash").stream()
                .filter(name -> !NOT_REPLAYED.containsKey(name))
                .toList();
    }

    @Test
    void everyRecordingIsReplayedOrSaysWhyNot() throws Exception {
        List<String> names = Recording.names("unleash");

        assertThat(names).hasSize(133).containsAll(NOT_REPLAYED.keySet()).containsAll(DEVIATIONS.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replayed")
    void theTwinAnswersAsTheRealServerDid(String name) throws Exception {
        Recording recording = Recording.load("unleash", name);
        Set<String> ignored = new HashSet<>(ALWAYS);
        ignored.addAll(DEVIATIONS.getOrDefault(name, Map.of()).keySet());

        try (UnleashScene scene = new UnleashScene(recording)) {
            TwinClient.Answer answer = scene.client(recording)
                    .send(recording.method(), recording.path(scene.replaced()), recording.body(scene.replaced()));

            assertThat(recording.differences(answer, scene.replaced(), ignored)).isEmpty();
        }
    }
}
