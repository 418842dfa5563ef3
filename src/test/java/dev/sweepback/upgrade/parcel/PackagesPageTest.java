package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page about packages tells is so. */
class PackagesPageTest {

    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("docs/packages.md"));
    }

    @Test
    void everyCodeIsThere() {
        for (Fault fault : Fault.values()) {
            assertThat(page).contains("`" + fault.code() + "`");
        }
    }

    @Test
    void theManifestThatItShowsIsValid() {
        Matcher block = Pattern.compile("(?ms)^```json\n(.*?)^```$").matcher(page);

        assertThat(block.find()).isTrue();
        Manifest manifest = new ManifestReader(new TestSpelling()).read(Parcels.text(block.group(1)));
        assertThat(manifest.temporary()).hasSize(3);
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        assertThat(Limits.STANDARD).isEqualTo(new Limits(10_000, 2L << 30, 4L << 30, 200));
        assertThat(page)
                .contains("| 10,000 |", "| 2 GiB |", "| 4 GiB |", "200 times, for files larger than 1 MiB")
                .contains(Limits.LONGEST_PATH + " characters", "| 16 MiB |", "4 MiB, 256 KiB")
                .contains("certificates in a signature | " + Limits.MOST_CERTIFICATES);
    }
}
