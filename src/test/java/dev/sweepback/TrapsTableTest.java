package dev.sweepback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/systems/traps.md} says where each trap is held, and says it rightly. */
class TrapsTableTest {

    private static final Path PAGE = Path.of("docs/systems/traps.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (\\d+) \\| .* \\| (.*) \\| ((?:`\\w+`(?:, )?)*) ?\\|$");
    private static final Pattern NAME = Pattern.compile("`([\\w-]+)`");

    private static final Map<String, List<String>> CLASSES = Map.of(
            "Vault", List.of("VaultTrapsTest"),
            "Unleash", List.of("UnleashTrapsTest", "UnleashWebhookTrapsTest"));

    private static List<MatchResult> rows(String system) throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## " + system));
        int end = section.indexOf("\n## ", 1);
        return ROW.matcher(end < 0 ? section : section.substring(0, end))
                .results()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"Vault, 9", "Unleash, 13"})
    void everyTrapIsListedWithRecordingsThatExist(String system, int traps) throws IOException {
        List<MatchResult> rows = rows(system);

        assertThat(rows.stream().map(row -> Integer.parseInt(row.group(1))).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, traps).boxed().toList());
        for (MatchResult row : rows) {
            List<String> recordings = names(row.group(2));
            assertThat(recordings).as(row.group()).isNotEmpty();
            assertThat(recordings)
                    .allSatisfy(name -> assertThat(Path.of(
                                    "src/test/resources/recordings", system.toLowerCase(Locale.ROOT), name + ".json"))
                            .exists());
        }
    }

    @Test
    void everyTestThatIsNamedExistsAndEveryTestIsNamed() throws Exception {
        for (String system : List.of("Vault", "Unleash")) {
            List<String> named = rows(system).stream()
                    .flatMap(row -> names(row.group(3)).stream())
                    .toList();

            assertThat(named).containsExactlyInAnyOrderElementsOf(tests(system));
        }
    }

    private static List<String> tests(String system) throws ClassNotFoundException {
        List<String> tests = new ArrayList<>();
        for (String name : CLASSES.getOrDefault(system, List.of())) {
            Class<?> type =
                    Class.forName("dev.sweepback.adapter.%s.%s".formatted(system.toLowerCase(Locale.ROOT), name));
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class)
                            || method.isAnnotationPresent(ParameterizedTest.class))
                    .map(Method::getName)
                    .forEach(tests::add);
        }
        return tests;
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
    }
}
