package dev.sweepback.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceRefTest {

    @Test
    void anIdMayHaveSlashes() {
        assertThat(ResourceRef.parse("lease:vault/database/creds/app/x1").id()).isEqualTo("database/creds/app/x1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook:github/..",
                "webhook:github/.",
                "lease:vault/a/../b",
                "lease:vault/a//b",
                "lease:vault//"
            })
    void anIdThatLeadsElsewhereIsNoResource(String text) {
        assertThatThrownBy(() -> ResourceRef.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a resource");
    }
}
