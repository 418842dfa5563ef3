package dev.sweepback.adapter.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Secrets do not come back out of an answer, however they are written there. */
class HiddenTest {

    private static Hidden hidden(String... secrets) {
        Hidden hidden = new Hidden();
        for (String secret : secrets) {
            hidden.add(new Secret(secret));
        }
        return hidden;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain-secret", "quo\"ted", "back\\slash", "\\\"\\\"", "tab\tand\nline", "grün-geheim"})
    void aSecretIsHiddenAsItIsAndAsJsonWritesIt(String secret) {
        Hidden hidden = hidden("other secret", secret);
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("said", "<" + secret + ">")
                .toString();

        assertThat(hidden.in("it was <" + secret + ">")).isEqualTo("it was <***>");
        assertThat(hidden.in(json)).isEqualTo("{\"said\":\"<***>\"}");
    }

    @Test
    void aSecretWithinAnotherLeavesNothingOfTheLongerOne() {
        assertThat(hidden("abcd", "abcd\"efgh").in("\"abcd\\\"efgh\"")).isEqualTo("\"***\"");
    }
}
