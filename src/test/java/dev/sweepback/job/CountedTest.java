package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {

    @Test
    void oneThingIsNotMany() {
        assertThat(Counted.text(1, "operation")).isEqualTo("1 operation");
        assertThat(Counted.text(0, "operation")).isEqualTo("0 operations");
        assertThat(Counted.text(1, "policy")).isEqualTo("1 policy");
        assertThat(Counted.text(2, "policy")).isEqualTo("2 policies");
    }
}
