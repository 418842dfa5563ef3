package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a package can be malicious or broken has its own message, and leaves no trace on the file system. */
class BrokenPackagesTest {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    private static final List<Broken> ALL = Stream.of(
                    BrokenZips.all(),
                    BrokenFolders.all(),
                    BrokenManifests.all(),
                    BrokenSignatures.all(),
                    BrokenChains.all(),
                    BrokenTimestamps.all())
            .flatMap(List::stream)
            .toList();

    /** Nobody can: what was signed is not there; bytes that are no signature are all alike. */
    private static final Set<String> NOT_TO_BE_TOLD_APART = Set.of(
            "manifest changed after signing",
            "signature with bytes after it",
            "PSS with parameters that are none",
            "PSS with the parameters that are meant by none");

    @TempDir
    Path folder;

    static List<Broken> all() {
        return ALL;
    }

    private PackageRefused refusal(Broken broken, Path file) {
        Parcels parcel = new Parcels();
        broken.damage().accept(parcel);
        parcel.write(file);
        return catchThrowableOfType(
                PackageRefused.class,
                () -> new Verification(broken.trust(), new TestSpelling(), CLOCK, broken.limits()).check(file));
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsRefusedWithItsOwnReasonAndNothingIsWritten(Broken broken) throws IOException {
        Path file = Files.createDirectories(folder.resolve("deep/inside")).resolve("package.zip");
        Files.createFile(file);
        Set<Path> before = everything();

        PackageRefused refused = refusal(broken, file);

        assertThat(refused).isNotNull();
        assertThat(refused).hasMessageContaining(broken.said());
        assertThat(refused.fault()).isEqualTo(broken.fault());
        assertThat(refused.remedy()).isNotBlank();
        assertThat(refused.getMessage()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(1500);
        assertThat(everything()).isEqualTo(before);
        assertThat(Path.of("/tmp/escaped.txt")).doesNotExist();
    }

    /** The folder that the package lies in, those above it, and the working folder. */
    private Set<Path> everything() throws IOException {
        try (Stream<Path> here = Files.walk(folder);
                Stream<Path> working = Files.list(Path.of(""))) {
            return Stream.concat(here, working).collect(Collectors.toSet());
        }
    }

    @Test
    void noTwoHaveTheSameMessage() {
        Set<String> said = new HashSet<>();
        for (Broken broken : ALL) {
            String message = String.valueOf(
                    refusal(broken, folder.resolve("package.zip")).getMessage());

            if (!NOT_TO_BE_TOLD_APART.contains(broken.name())) {
                assertThat(said.add(message)).as("%s: %s", broken, message).isTrue();
            }
        }
    }

    @Test
    void everyFaultIsTried() {
        Set<Fault> tried = EnumSet.noneOf(Fault.class);
        ALL.forEach(broken -> tried.add(broken.fault()));

        assertThat(tried).isEqualTo(EnumSet.complementOf(EnumSet.of(Fault.OTHER_UPGRADE)));
    }
}
