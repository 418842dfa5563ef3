package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of {@code broken} lies over the folder {@code workspace} and has one mistake; its {@code expected.txt} is the
 * whole of what is said about it.
 */
class BrokenFilesTest {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Clock CLOCK = Clock.fixed(TestCatalog.SOME_TIME, ZoneOffset.UTC);

    @TempDir
    Path folder;

    static Stream<String> broken() throws IOException {
        try (Stream<Path> cases = Files.list(RESOURCES.resolve("broken"))) {
            return cases.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void eachMistakeIsSaidOnceInEachFileWithItsPlace(String name) throws IOException {
        Path mistake = RESOURCES.resolve("broken").resolve(name);
        lay(RESOURCES.resolve("workspace"));
        lay(mistake);

        Loaded loaded = load();

        List<String> said = loaded.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
        assertThat(said).containsExactlyElementsOf(Files.readAllLines(mistake.resolve("expected.txt")));
        assertThat(loaded.problems()).extracting(Problem::path).doesNotHaveDuplicates();
    }

    @Test
    void theFolderUnderTheMistakesIsItselfWithoutProblems() throws IOException {
        lay(RESOURCES.resolve("workspace"));

        Loaded loaded = load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.settings()).isPresent();
        assertThat(loaded.policies()).containsOnlyKeys("production");
        assertThat(loaded.jobs()).containsOnlyKeys("good");
    }

    @Test
    void aBrokenFileDoesNotHideTheOthers() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        write("jobs/one.yaml", "a: [");
        write("jobs/two.yaml", "kind: Job\n\tname: x\n");

        Loaded loaded = load();

        assertThat(loaded.problems())
                .extracting(Problem::path)
                .containsExactly(folder.resolve("jobs/one.yaml"), folder.resolve("jobs/two.yaml"));
        assertThat(loaded.jobs()).containsOnlyKeys("good");
    }

    @Test
    void aFileOfTenMegabytesIsRefusedUnread() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        write("jobs/large.yaml", "# " + "x".repeat(10 << 20));

        assertThat(load().problems())
                .extracting(this::said)
                .containsExactly(
                        "jobs/large.yaml:1:1: the file is larger than 1 MiB; expected a small YAML file; is it the right file?");
    }

    @Test
    void aMissingSettingsFileIsSaid() {
        assertThat(load().problems())
                .extracting(this::said)
                .containsExactly(
                        "sweepback.yaml:1:1: the file is missing; expected a file; create it, or name another");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        Files.write(folder.resolve("jobs/binary.yaml"), new byte[] {'a', ':', ' ', 0, 1, 2});
        Files.write(folder.resolve("jobs/latin.yaml"), "a: \u00e4".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(load().problems())
                .extracting(this::said)
                .containsExactly(
                        "jobs/binary.yaml:1:4: a control character; expected text in UTF-8; is it a binary file?",
                        "jobs/latin.yaml:1:4: a byte that is not UTF-8; expected text in UTF-8; save the file again as UTF-8");
    }

    @Test
    void noMessageQuotesASecretThatStandsInAFile() throws IOException {
        lay(RESOURCES.resolve("workspace"));
        String secret = "hunter2-hunter2";
        for (String token : List.of(
                secret, "'" + secret, "\"" + secret + "\" x", "[" + secret + "]", "{a: " + secret, "&a " + secret)) {
            write("sweepback.yaml", """
                    apiVersion: sweepback/v1
                    kind: Settings
                    environment: production
                    connections:
                      unleash:
                        type: unleash
                        url: https://admin:hunter2-hunter2@unleash.example.com
                        project: default
                        token: %s
                    store: {url: "jdbc:postgresql://db/x?password=hunter2-hunter2"}
                    """.formatted(token));

            List<Problem> problems = load().problems();

            assertThat(problems).isNotEmpty();
            assertThat(problems).extracting(Problem::toString).noneMatch(said -> said.contains("hunter2"));
        }
    }

    private Loaded load() {
        return Workspace.load(
                folder.resolve("sweepback.yaml"), described -> TestCatalog.catalog(), new TestCron(), CLOCK);
    }

    private String said(Problem problem) {
        return problem.toString().replace(folder + "/", "");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void lay(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            copy(file, folder.resolve(from.relativize(file).toString())));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
