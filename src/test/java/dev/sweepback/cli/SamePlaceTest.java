package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamePlaceTest {

    private static final List<String> COMMANDS = List.of("enable", "run", "upgrade");

    private final SamePlace given =
            new SamePlace(Optional.of(Path.of("ops.yaml")), Optional.of(Path.of("my $home")), COMMANDS);

    @Test
    void eachCommandInATextIsCompleted() {
        assertThat(given.complete("closed (sweepback enable a), or `sweepback run a`"))
                .isEqualTo("closed (sweepback --config ops.yaml --home 'my $home' enable a),"
                        + " or `sweepback --config ops.yaml --home 'my $home' run a`");
    }

    @Test
    void whatIsNoCommandOrCompleteStays() {
        for (String text : List.of(
                given.command("enable a"),
                "sweepback was built",
                "sweepback runs",
                "/opt/sweepback run",
                "vault policy write sweepback -",
                "Sweepback run")) {
            assertThat(given.complete(text)).isEqualTo(text);
        }
    }

    @Test
    void whereNothingWasGivenNothingIsRepeated() {
        SamePlace usual = new SamePlace(Optional.empty(), Optional.empty(), COMMANDS);

        assertThat(usual.complete("see `sweepback run a`")).isEqualTo("see `sweepback run a`");
        assertThat(usual.command("run a")).isEqualTo("sweepback run a");
    }
}
