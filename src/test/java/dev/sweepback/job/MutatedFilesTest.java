package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with random mistakes never make the reader fail: they are read, or a problem says why not. */
class MutatedFilesTest {

    private static final List<String> PIECES = List.of(
            "{", "}", "[", "]", ":", "- ", "? ", "&a ", "*a", "!!int ", "|", ">", "'", "\"", "#", "\n", "---\n",
            "...\n", "%", "@", "<<: ", "\\0", "\\", "\u0085", "\uFEFF", "null", "~", "0x1F", ".inf", "1e9", "\r", ",",
            "  ", "\uD800", "😀", "`");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aRandomMistakeIsReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        Path path = Path.of("jobs/dten-hybrid-cleanup.yaml");
        String original = Files.readString(path);
        Shape shape = Shapes.job(TestCatalog.catalog());

        for (int round = 0; round < 1000; round++) {
            String text = mutated(original, random);
            Findings findings = new Findings(path);

            YamlReader.read(text, findings)
                    .ifPresentOrElse(
                            node -> {
                                Structure.check(node, shape, findings);
                                if (findings.none()) {
                                    StepOrder.of(Values.of(node).section("spec").items("steps"), findings);
                                }
                            },
                            () -> assertThat(findings.list()).as(text).isNotEmpty());

            assertThat(findings.list()).as(text).allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.toString()).doesNotContain("\n");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void randomMistakesInSettingsAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        Path path = Path.of("src/test/resources/workspace/sweepback.yaml");
        String original = Files.readString(path);
        Shape shape = Shapes.settings(TestCatalog.catalog(), Set.of());

        int read = 0;
        for (int round = 0; round < 1000; round++) {
            String text = mutated(original, random);
            Findings findings = new Findings(path);
            Optional<Node> node = YamlReader.read(text, findings);
            node.ifPresent(found -> Structure.check(found, shape, findings));
            if (findings.none()) {
                SettingsFile.read(
                        node.orElseThrow(), Source.of(path, text), TestCatalog.catalog(), List.of(), findings);
                read++;
            }
        }

        assertThat(read).isBetween(1, 999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flagsmith", "consul-kv"})
    void randomMistakesInDescriptionsAreReadOrRefused(String name) throws IOException {
        Random random = new Random(7);
        Path path = Path.of("connectors", name + ".yaml");
        String original = Files.readString(path);

        int read = 0;
        for (int round = 0; round < 1000; round++) {
            String text = mutated(original, random);
            Findings findings = new Findings(path);
            Optional<Node> node = YamlReader.read(text, findings);
            node.ifPresent(found -> Structure.check(found, DescriptionShapes.file(), findings));
            if (findings.none()) {
                boolean made = DescriptionFile.read(node.orElseThrow(), Source.of(path, text), findings)
                        .isPresent();
                assertThat(made).as(text).isEqualTo(findings.none());
                read += made ? 1 : 0;
            }
        }

        assertThat(read).isBetween(1, 999);
    }

    private static String mutated(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int count = 0; count <= random.nextInt(3); count++) {
            int at = random.nextInt(text.length());
            if (random.nextBoolean()) {
                text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            } else {
                text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
            }
        }
        return text.toString();
    }
}
