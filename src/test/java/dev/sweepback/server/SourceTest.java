package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is counted as the sender. */
class SourceTest {

    @Test
    void behindTheProxyItIsTheLastOneThatWasForwarded() {
        assertThat(Source.of("127.0.0.1", List.of("1.1.1.1, 2.2.2.2 ,3.3.3.3"))).isEqualTo("3.3.3.3");
        assertThat(Source.of("::1", List.of("2001:db8::7"))).isEqualTo("2001:db8::7");
    }

    @Test
    void whatTheSenderWroteBeforeDoesNotCountAlsoInALineOfItsOwn() {
        assertThat(Source.of("127.0.0.1", List.of("1.1.1.1", "2.2.2.2"))).isEqualTo("2.2.2.2");
    }

    @Test
    void aPeerThatIsNoProxyOfThisMachineSpeaksForItself() {
        assertThat(Source.of("192.0.2.9", List.of("1.1.1.1"))).isEqualTo("192.0.2.9");
    }

    @Test
    void withoutAnythingForwardedItIsThePeer() {
        assertThat(Source.of("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
        assertThat(Source.of("127.0.0.1", List.of("1.1.1.1, "))).isEqualTo("127.0.0.1");
    }

    @Test
    void whatIsRememberedOfItIsShort() {
        assertThat(Source.of("127.0.0.1", List.of("x".repeat(5000)))).hasSize(64);
    }
}
