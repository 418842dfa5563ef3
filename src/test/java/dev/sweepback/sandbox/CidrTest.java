package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CidrTest {

    @Test
    void aBlockLiesInAWiderOneOfTheSameAddresses() {
        assertThat(Cidr.within(List.of("127.0.0.0/16", "127.1.2.3"), List.of("127.0.0.0/8")))
                .isTrue();
        assertThat(Cidr.within(List.of("127.0.0.0/16", "10.0.0.0/8"), List.of("127.0.0.0/8")))
                .isFalse();
        assertThat(Cidr.within(List.of("127.0.0.0/7"), List.of("127.0.0.0/8"))).isFalse();
        assertThat(Cidr.within(List.of("10.0.0.0/8"), List.of("0.0.0.0/0"))).isTrue();
    }

    @Test
    void withoutAllowedBlocksAllAreAllowed() {
        assertThat(Cidr.within(List.of("10.0.0.0/8"), List.of())).isTrue();
    }
}
