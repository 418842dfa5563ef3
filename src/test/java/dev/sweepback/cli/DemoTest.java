package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The README promises this story in these words, in at most 70 lines and 30 seconds. */
class DemoTest {

    private static boolean held;
    private static List<String> lines = List.of();
    private static List<String> commands = List.of();
    private static Duration took = Duration.ZERO;

    @BeforeAll
    static void playOnce() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoryClock clock = new StoryClock(Duration.ZERO);
        try (DemoWorld world = new DemoWorld();
                PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Outside outside = new Outside(
                    Map.of(), clock, clock, out, out, false, UnaryOperator.identity(), UnaryOperator.identity());
            Instant start = clock.instant();
            held = new Demo(world, outside).play();
            commands = DemoKeep.commands(world, Path.of("/opt/sweep back/sweepback"));
            took = Duration.between(start, clock.instant());
        }
        lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everythingIsPutBackButWhatItNames() {
        assertThat(held).as(String.join("\n", lines)).isTrue();
        assertThat(lines)
                .anyMatch(line -> line.contains("undo of 23: ") && line.contains("1 conflict"))
                .anyMatch(line -> line.contains("different 0"));
    }

    @Test
    void whatItOffersToTypeWorksInAnyFolder() {
        assertThat(commands)
                .filteredOn(command -> !command.startsWith("export "))
                .hasSize(5)
                .allMatch(command -> command.startsWith("'/opt/sweep back/sweepback' --config /"));
    }

    @Test
    void theEightBeatsComeInOrder() {
        String beats = lines.stream()
                .filter(line -> line.matches("[1-8]\\. .*"))
                .map(line -> line.substring(0, 1))
                .collect(Collectors.joining());

        assertThat(beats).isEqualTo("12345678");
    }

    @Test
    void itIsShortAndQuick() {
        assertThat(lines).hasSizeLessThanOrEqualTo(69);
        assertThat(took).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void theFirstLineSaysThatTheClockTellsAStory() {
        assertThat(lines.get(0)).contains("sandbox").contains("story clock");
    }

    @Test
    void theGateIsClosedForTheSoakAndForWantOfEnabling() {
        assertThat(lines).anyMatch(line -> line.matches(" +soak over: .* left of 1d"));
        assertThat(lines).anyMatch(line -> line.strip().startsWith("enabled: not enabled for this upgrade"));
        assertThat(lines).anyMatch(line -> line.strip().startsWith("enabled: by local:"));
    }

    @Test
    void everyNearMissIsNamedAndUntouched() {
        assertThat(lines).anyMatch(line -> line.contains("of the 9 that looked like leftovers, 9 are untouched"));
        assertThat(lines)
                .anyMatch(line -> line.contains("= keep flag dten-v2-search-beta: used"))
                .anyMatch(line -> line.contains("= keep flag dten-v2-legacy-export: kept by"))
                .anyMatch(line -> line.contains("! blocked flag kill-switch-dten-fallback"))
                .anyMatch(line -> line.contains("! blocked webhook"))
                .anyMatch(line -> line.contains("dten-v1-slow-start: belongs to another upgrade"))
                .anyMatch(line -> line.contains("belongs to the staging environment"))
                .anyMatch(line -> line.contains("issued after the window"));
    }

    @Test
    void theKilledRunLeavesOneIntentOpenAndEndsWithNothingDoneTwice() {
        assertThat(lines)
                .anyMatch(line -> line.contains("SIGKILL): 9 operations done, 1 announced and open"))
                .anyMatch(line -> line.contains("open before 1, now 0"))
                .anyMatch(line -> line.contains("done 23, failed 0, unsettled 0")
                        && line.contains("counted: 23, none twice: yes"));
    }

    @Test
    void aChangedByteIsFoundAndTheEntryNamed() {
        assertThat(lines).anyMatch(line -> line.matches(" +one byte changed in a copy: entry \\d+: .*"));
    }
}
