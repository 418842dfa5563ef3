package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file with a mistake stops the program before it opens a store or a socket. */
class BrokenWorkspaceTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    Path folder;

    static Stream<String> broken() throws IOException {
        try (Stream<Path> cases = Files.list(RESOURCES.resolve("broken"))) {
            return cases.map(path -> String.valueOf(path.getFileName())).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void nothingIsOpened(String name) throws IOException {
        lay(RESOURCES.resolve("workspace"));
        lay(RESOURCES.resolve("broken").resolve(name));
        // A job that needs what is broken: of the broken job itself no name may be readable.
        String asked = "broken";
        if (Files.isDirectory(RESOURCES.resolve("broken").resolve(name).resolve("policies"))) {
            write(
                    "jobs/asks.yaml",
                    Files.readString(folder.resolve("jobs/good.yaml"))
                            .replace("name: good", "name: asks")
                            .replace("policy: production", "policy: " + policy(name)));
            asked = "asks";
        }

        Terminal.Answer validate = type("validate");
        Terminal.Answer run = type("run", asked, "--yes");

        assertThat(validate.exit()).isEqualTo(64);
        assertThat(validate.out()).isEmpty();
        assertThat(validate.err().lines())
                .allSatisfy(
                        line -> assertThat(line).startsWith(folder.toString()).matches(".*:\\d+:\\d+: .*"));
        assertThat(run.exit()).as(run.toString()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("remedy:");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void tenMegabytesAreRefusedBeforeAnythingElse() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        write("jobs/broken.yaml", "a: b\n".repeat(2 * 1024 * 1024));

        Terminal.Answer run = type("run", "broken", "--yes");

        assertThat(type("validate").err()).contains("broken.yaml:1:1: ");
        assertThat(run.exit()).as(run.toString()).isEqualTo(64);
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("home")).doesNotExist();
    }

    private static String policy(String name) throws IOException {
        try (Stream<Path> files =
                Files.list(RESOURCES.resolve("broken").resolve(name).resolve("policies"))) {
            return files.map(file -> String.valueOf(file.getFileName()).replaceFirst("\\..*", ""))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aBrokenFileThatWasNotAskedForIsOnlyAWarning() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        assertThat(type("pause", "--reason", "to make a store").exit()).isZero();
        write("jobs/one.yaml", "a: [");

        Terminal.Answer answer = type("gate", "good");

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("warning: " + folder.resolve("jobs/one.yaml") + ":1:");
    }

    @Test
    void aDamagedKeyOrStoreIsSaidWithoutATrace() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        assertThat(type("pause", "--reason", "to make a store").exit()).isZero();
        Files.writeString(
                folder.resolve("home/sweepback.db"), "this is no database, and long enough to tell\n".repeat(100));

        Terminal.Answer answer = type("status");

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("sweepback.db").doesNotContain("\tat ", "unexpected");
    }

    @Test
    void whatInitWritesIsValidAndNeverOverwritten() throws IOException {
        Terminal.Answer first = type("init");
        Terminal.Answer second = type("init");
        Terminal.Answer validate = type("validate", "-o", "json");

        assertThat(first.exit()).isZero();
        assertThat(first.err()).contains("loses the undo");
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("nothing is overwritten");
        assertThat(validate.exit()).as(validate.toString()).isZero();
        assertThat(validate.json().path("ok").asBoolean()).isTrue();
        assertThat(validate.json().path("jobs").get(0).path("job").asString()).isEqualTo("example");
        for (String file : new String[] {"sweepback.yaml", "jobs/example.yaml", "policies/careful.yaml"}) {
            String line =
                    Files.readString(folder.resolve(file)).lines().findFirst().orElseThrow();
            Path schema = folder.resolve(file).resolveSibling(line.substring(line.indexOf('=') + 1));
            String kind = String.valueOf(schema.getFileName()).replace(".json", "");
            assertThat(schema.normalize())
                    .content()
                    .isEqualTo(type("schema", kind).out());
        }
        assertThat(Files.readString(folder.resolve("sweepback.yaml"))).contains("env:VAULT_TOKEN");
    }

    @Test
    void validateShowsTheNextFiveTimesInBothZones() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        write(
                "jobs/nightly.yaml",
                Files.readString(folder.resolve("jobs/good.yaml"))
                        .replace("name: good", "name: nightly")
                        .replace(
                                "  policy:",
                                "  schedule: {cron: \"0 0 3 * * ?\", timezone: Europe/Berlin}\n  policy:"));

        var times = type("validate", "jobs/nightly.yaml", "-o", "json");
        var known = type("validate", folder.resolve("jobs/nightly.yaml").toString(), "-o", "json");

        assertThat(times.exit()).isEqualTo(64);
        assertThat(known.exit()).as(known.toString()).isZero();
        assertThat(known.json().path("jobs")).hasSize(1);
        assertThat(known.json().path("jobs").get(0).path("fireTimes"))
                .hasSize(5)
                .allSatisfy(time -> assertThat(time.path("local").asString()).contains("T03:00"));
    }

    private Terminal.Answer type(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--config",
                folder.resolve("sweepback.yaml").toString(),
                "--home",
                folder.resolve("home").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StoryClock clock = new StoryClock(Duration.ZERO);
        int exit = Cli.run(
                all.toArray(String[]::new),
                new Outside(
                        Map.of(),
                        clock,
                        clock,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        http -> {
                            throw new AssertionError("a client was made");
                        },
                        UnaryOperator.identity()));
        return new Terminal.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void lay(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.resolveSibling("."));
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
