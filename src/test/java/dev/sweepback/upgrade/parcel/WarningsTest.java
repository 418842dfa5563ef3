package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.upgrade.Window;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;

class WarningsTest {

    @TempDir
    Path folder;

    private final Parcels parcel = new Parcels();

    private CheckedPackage check() {
        return FromTheFront.check(
                new Verification(Parcels.trust(Parcels.ROOT), new TestSpelling(), BrokenPackagesTest.CLOCK),
                parcel.write(folder.resolve("package.zip")));
    }

    private List<String> codes() {
        return check().warnings().stream().map(Warning::code).toList();
    }

    private void depending(String constraint, String... tested) {
        parcel.manifest = node -> {
            node.putArray("dependencies").addObject().put("name", "database").put("version", constraint);
            ArrayNode compatible = node.putArray("compatible");
            for (String version : tested) {
                compatible.addObject().put("name", "database").put("version", version);
            }
        };
    }

    @Test
    void oldFilesAreNamedWithTheirTimes() {
        for (int index = 0; index < 7; index++) {
            parcel.files.put("files/old-" + index, Parcels.text("old"));
        }
        // 2025-05-01 is a year before the manifest; the others are a day older
        parcel.zip = raw -> raw.items.stream()
                .filter(item -> new String(item.name, StandardCharsets.UTF_8).contains("old-"))
                .forEach(item -> item.dosDate = (2025 - 1980) << 9 | 4 << 5 | 30);

        List<Warning> warnings = check().warnings();

        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).code()).isEqualTo("old-files");
        assertThat(warnings.get(0).what()).startsWith("7 of 9 files are more than a year older than the manifest");
        assertThat(warnings.get(0).evidence()).hasSize(5).first().isEqualTo("files/old-0 of 2025-04-30T00:00:00Z");
    }

    @Test
    void aFileThatIsAYearOldIsNotOld() {
        parcel.zip = raw -> raw.items.forEach(item -> {
            item.dosDate = (2025 - 1980) << 9 | 5 << 5 | 1;
            item.dosTime = 8 << 11;
        });

        assertThat(codes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "latest",
                "x",
                ">=2.0.0",
                ">2.1.0",
                ">=1.0.0 <3.0.0",
                "1.9.0 - 2.5.0",
                "<3.0.0",
                "<=2.9.9",
                "^1.0.0 || ^2.0.0",
                "^2.0.0 || *",
                ">=2.1.0 <=3.0.0"
            })
    void looseDependenciesAreNamed(String constraint) {
        depending(constraint, "2.1.3");

        assertThat(codes()).containsExactly("loose-dependency");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.1.3",
                "=2.1.3",
                "v2.1.3",
                "^2.1.0",
                "~2.1",
                "2.x",
                "2",
                ">=2.0.0 <3.0.0",
                "2.0.0 - 2.5.0",
                "^2.1.0 || 2.9.9",
                ">= 2.1.0 < 2.2.0"
            })
    void whatStaysWithinAMajorVersionIsNotLoose(String constraint) {
        depending(constraint, "2.1.3");

        assertThat(codes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "newest",
                ">=1.0.0 foo",
                "[1.0,2.0)",
                "1.2.3 ||",
                "^*",
                "1.0.0.0",
                "99999999999.0.0",
                "latest.integration",
                "%"
            })
    void whatIsNoRangeIsSaidToBeNone(String constraint) {
        depending(constraint, "2.1.3");

        assertThat(codes()).containsExactly("unreadable-dependency");
    }

    @ParameterizedTest
    @CsvSource({"^2.1.0, 2.0.9", "^2.1.0, 3.0.0", "^2.1.0, 2.1.0-rc.1", "^2.1.0, newest"})
    void aVersionThatWasTestedAndIsNotIncludedIsNamed(String constraint, String tested) {
        depending(constraint, tested);

        Warning warning = check().warnings().get(0);
        assertThat(warning.code()).isEqualTo("untested-dependency");
        assertThat(warning.evidence()).containsExactly(tested);
    }

    @Test
    void testedVersionsWithoutEndAreNamedByTheFirst() {
        depending("^2.1.0", "1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0");

        assertThat(check().warnings().get(0).evidence()).hasSize(5).doesNotContain("1.5.0");
    }

    @Test
    void aDependencyThatWasNotTestedIsNamed() {
        depending("^2.1.0");

        assertThat(codes()).containsExactly("untested-dependency");
    }

    @Test
    void oneOfSeveralTestedVersionsIsEnough() {
        depending("^2.1.0", "1.9.0", "2.1.3");

        assertThat(codes()).isEmpty();
    }

    @Test
    void aDowntimeLongerThanTheWindowIsNamed() {
        Instant start = Instant.parse("2026-06-01T22:00:00Z");
        Window fits = new Window(start, start.plus(Duration.ofMinutes(30)), Duration.ZERO);
        Window tight = new Window(start, start.plus(Duration.ofMinutes(29)), Duration.ofHours(1));

        CheckedPackage checked = check();

        assertThat(checked.in(fits).warnings()).isEmpty();
        assertThat(checked.in(tight).warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo("long-downtime");
            assertThat(warning.evidence().get(0)).isEqualTo("downtime PT30M");
        });
    }
}
