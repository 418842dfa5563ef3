package dev.sweepback.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an answer to a check says is fit to be shown, whatever was answered. */
class MeasuredTest {

    private static final String LONG = "\u001b[2J\n".repeat(1024 * 1024 / 5);

    private static void assertFit(String text) {
        assertThat(text).hasSizeLessThanOrEqualTo(Evidence.LONGEST);
        assertThat(text.chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void aMebibyteWithControlCharactersIsOneShortLine() {
        Measured.Bad bad = new Measured.Bad(LONG, LONG);

        assertFit(new Measured.Good(LONG).evidence());
        assertFit(bad.reason());
        assertFit(bad.evidence());
        assertFit(new Measured.NoData(LONG).reason());
    }
}
