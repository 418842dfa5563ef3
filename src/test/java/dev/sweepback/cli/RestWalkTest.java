package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.ShopFlagsTwin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten minutes of {@code docs/systems/rest.md} go as they are written: each file and each command is taken from there. */
class RestWalkTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final List<String> FILES = List.of(
            "connectors/shopflags.yaml", "sweepback.yaml", "policies/shopflags.yaml", "jobs/shopflags-cleanup.yaml");

    @TempDir
    Path folder;

    /** A day after the window that the page names. */
    private final StoryClock clock =
            new StoryClock(Duration.between(Instant.parse("2026-11-21T22:00:00Z"), Instant.now()));

    private final ShopFlagsTwin twin = ShopFlagsTwin.start(clock);

    @AfterEach
    void close() {
        twin.close();
    }

    @Test
    void theTenMinutesGoAsTheyAreWritten() throws IOException {
        List<String> yaml = blocks("yaml");
        assertThat(yaml).hasSameSizeAs(FILES);
        for (int index = 0; index < FILES.size(); index++) {
            Path file = folder.resolve(FILES.get(index));
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    yaml.get(index)
                            .replace("https://flags.example.com", twin.url().toString()));
        }

        List<String> plans = new ArrayList<>();
        for (String command : commands()) {
            if (command.startsWith("run ")) {
                clock.moveOn(Duration.ofDays(2));
            }

            Terminal.Answer answer = type(command);

            assertThat(answer.exit()).as("%s: %s", command, answer).isZero();
            if (command.startsWith("doctor")) {
                assertThat(answer.out())
                        .contains(command.equals("doctor") ? "not proven on this system yet" : "proven");
            } else if (command.startsWith("plan")) {
                plans.add(answer.out());
            }
        }

        assertThat(plans).hasSize(2);
        assertThat(plans.get(0)).contains("not proven on this system yet").doesNotContain("refuse");
        assertThat(plans.get(1).lines().filter(line -> line.startsWith("  ~  flag")))
                .hasSize(12);
        assertThat(plans.get(1)).doesNotContain("not proven").doesNotContain("refuse");
        assertThat(twin.enabled()).hasSize(19).allMatch(key -> key.startsWith("shop-"));
    }

    private static List<String> blocks(String language) throws IOException {
        String page = Files.readString(Path.of("docs/systems/rest.md"));
        String walk = page.substring(page.indexOf("## Ten minutes"), page.indexOf("## What the file says"));
        return BLOCK.matcher(walk)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** Without the program's name; where it asks the answer is yes. */
    private static List<String> commands() throws IOException {
        return blocks("sh").stream()
                .flatMap(block -> block.replace("\\\n", " ").lines())
                .filter(line -> line.startsWith("./sweepback "))
                .map(line -> line.substring("./sweepback ".length()))
                .map(line -> line.matches("(enable|run|doctor --probe) .*") ? line + " --yes" : line)
                .toList();
    }

    private Terminal.Answer type(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split("\\s+")));
        arguments.addAll(List.of(
                "--config",
                folder.resolve("sweepback.yaml").toString(),
                "--home",
                folder.resolve("home").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Outside outside = new Outside(
                Map.of("SHOPFLAGS_TOKEN", twin.token()),
                clock,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        int exit = Cli.run(arguments.toArray(String[]::new), outside);
        return new Terminal.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
