package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"0s, PT0S", "90s, PT90S", "30m, PT30M", "24h, PT24H", "7d, P7D", "PT1H30M, PT90M", "P1D, PT24H"})
    void readsTheShortFormAndIso(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7 d", "-7d", "1.5h", "7w", "PT", "-PT1S", "PT9223372036854775807S", "40000d"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT90S, 90s", "PT90M, 90m", "PT1H, 1h", "PT24H, 1d", "PT25H, 25h", "PT0.5S, PT0.5S"})
    void printsTheShortestFormThatReadsBack(Duration duration, String expected) {
        assertThat(Durations.print(duration)).isEqualTo(expected);
        assertThat(Durations.parse(expected)).isEqualTo(duration);
    }

    @Test
    void aNegativeDurationIsPrintedAsIso() {
        assertThat(Durations.print(Duration.ofSeconds(-5))).isEqualTo("PT-5S");
    }
}
