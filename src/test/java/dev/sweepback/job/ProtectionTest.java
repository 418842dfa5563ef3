package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionTest {

    private static final Resource HOOK = new Resource(
            new ResourceRef("webhook", "github", "17"),
            "https://hooks.example.com/…#1a2b3c4d",
            List.of("https://hooks.example.com/Audit/x"),
            Map.of(),
            "fingerprint",
            new Use.NotTold(),
            Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "webhook:17, true",
        "webhook:1, false",
        "webhook:1?, true",
        "webhook:*audit*, true",
        "webhook:https://hooks.example.com/*, true",
        "flag:*audit*, false",
        "*:*audit*, true",
        "webhook:*, true",
        "webhook:audit, false",
        "webhook:h*s*p*x, true",
        "webhook:h*s*p*q, false",
        "webhook:github/17, true",
        "webhook:github/*audit*, true",
        "webhook:gitlab/17, false"
    })
    void matchesIdNameAndHandles(String pattern, boolean covered) {
        assertThat(Protection.parse(pattern).covers(HOOK)).isEqualTo(covered);
    }

    @Test
    void manyStarsDoNotHang() {
        String pattern = "webhook:" + "*a".repeat(2000) + "b";
        Resource manyLetters = new Resource(
                new ResourceRef("webhook", "github", "a".repeat(5000)),
                "n",
                List.of(),
                Map.of(),
                "f",
                new Use.NotTold(),
                Optional.empty());

        assertThat(Protection.parse(pattern).covers(manyLetters)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "flag", ":x", "flag:"})
    void isWrittenWithAKind(String text) {
        assertThatThrownBy(() -> Protection.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCarefulPolicyProtectsNothingByName() {
        assertThat(Policy.careful().protects(HOOK)).isFalse();
    }
}
