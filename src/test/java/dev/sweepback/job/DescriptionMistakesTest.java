package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about each mistake in a description: {@code description-mistakes.txt}. */
class DescriptionMistakesTest {

    private static final Path CASES = Path.of("src/test/resources/description-mistakes.txt");

    @TempDir
    Path folder;

    /** One mistake: in a published description, a part that is exchanged, and all that is said then. */
    private record Mistake(String file, String part, String other, List<String> said) {}

    @Test
    void eachMistakeIsSaidWithItsPlaceAndWhatToDo() throws IOException {
        List<Mistake> mistakes = mistakes();
        List<String> shown = new ArrayList<>();
        for (Mistake mistake : mistakes) {
            shown.addAll(List.of("file: " + mistake.file(), "part: " + mistake.part(), "other: " + mistake.other()));
            shown.addAll(said(mistake));
            shown.add("");
        }

        assertThat(mistakes)
                .hasSizeGreaterThan(50)
                .allSatisfy(mistake -> assertThat(mistake.said()).isNotEmpty());
        assertThat(String.join("\n", shown).strip())
                .isEqualTo(Files.readString(CASES).strip());
    }

    private List<String> said(Mistake mistake) throws IOException {
        String text = Files.readString(Path.of("connectors", mistake.file()));
        String part = mistake.part().replace("\\n", "\n");
        assertThat(text).contains(part);
        Files.createDirectories(folder.resolve("connectors"));
        Files.writeString(
                folder.resolve("connectors/broken.yaml"),
                text.replace(part, mistake.other().replace("\\n", "\n")));
        Loaded loaded = Workspace.load(
                folder.resolve("sweepback.yaml"),
                described -> TestCatalog.catalog(),
                new TestCron(),
                java.time.Clock.fixed(TestCatalog.SOME_TIME, java.time.ZoneOffset.UTC));
        List<Problem> all = new ArrayList<>(loaded.problems());
        all.addAll(loaded.warnings());
        return all.stream()
                .map(problem -> problem.toString().replace(folder + "/connectors/", ""))
                .filter(said -> said.startsWith("broken.yaml"))
                .map(said -> said.replace("broken.yaml:", "said: "))
                .collect(Collectors.toList());
    }

    private static List<Mistake> mistakes() throws IOException {
        List<Mistake> mistakes = new ArrayList<>();
        for (String block : Files.readString(CASES).strip().split("\n\n", -1)) {
            List<String> lines = block.lines().toList();
            mistakes.add(new Mistake(
                    lines.get(0).substring("file: ".length()),
                    lines.get(1).substring("part: ".length()),
                    lines.get(2).substring("other: ".length()),
                    lines.subList(3, lines.size())));
        }
        return mistakes;
    }
}
