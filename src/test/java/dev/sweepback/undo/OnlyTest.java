package dev.sweepback.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.OperationRecord;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnlyTest {

    private static final OperationRecord FLAG = operation("aaaa1111", "flag:unleash/7", "dark-mode");
    private static final OperationRecord HOOK = operation("bbbb2222", "webhook:github/12", "https://dten.example.com");

    private static OperationRecord operation(String id, String ref, String name) {
        return new OperationRecord(
                new OperationId(id),
                ResourceRef.parse(ref),
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind=flag",
                "kind=fl*",
                "connection=unleash",
                "connection=un?eash",
                "name=dark-mode",
                "name=dark-*",
                "name=7",
                "aaaa",
                "aaaa1111",
                " kind = flag , name=dark-* "
            })
    void aPartIsNamedByKindConnectionNameOrId(String text) {
        assertThat(Only.parse(text).covers(FLAG)).isTrue();
        assertThat(Only.parse(text).covers(HOOK)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name=dark-mode,name=https*", "name=https*,name=dark-mode", "kind=flag,kind=webhook", "aaaa,bbbb"
            })
    void aKeyGivenTwiceMeansEither(String text) {
        assertThat(Only.parse(text).covers(FLAG)).isTrue();
        assertThat(Only.parse(text).covers(HOOK)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind=flag,name=light-*", "kind=flag,bbbb", "kind=webhook,kind=lease,name=dark-mode"})
    void differentKeysMustAllHold(String text) {
        assertThat(Only.parse(text).covers(FLAG)).isFalse();
    }

    @Test
    void withoutAPartAllIsMeant() {
        assertThat(Only.ALL.isAll()).isTrue();
        assertThat(Only.ALL.covers(FLAG)).isTrue();
        assertThat(Only.parse("kind=*").isAll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "aaa", "kind=", "colour=red", "kind=flag,,name=x"})
    void whatIsNotUnderstoodIsRefused(String text) {
        assertThatThrownBy(() -> Only.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not understood");
    }
}
