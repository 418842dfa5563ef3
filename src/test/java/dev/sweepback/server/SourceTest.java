package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is counted as the sender. */
class SourceTest {

    @Test
    void behindTheProxyItIsTheLastOneThatWasForwarded() {
        assertThat(Source.of("127.0.0.1", List.of("1.1.1.1, 2.2.2.2 ,3.3.3.3"))).isEqualTo("3.3.3.3");
        assertThat(Source.of("::1", List.of("2001:db8::7"))).isEqualTo("20010db800000000/64");
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

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 20010db800010002/64",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002/64",
        "2001:DB8:1:3::1, 20010db800010003/64",
        "[2001:db8:1:2::1], 20010db800010002/64",
        "[2001:db8:1:2::1]:443, 20010db800010002/64",
        "fe80::1%eth0, fe80000000000000/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:55555, 192.0.2.1"
    })
    void aNetworkOfIpv6AddressesIsOneSourceHoweverItIsWritten(String forwarded, String source) {
        assertThat(Source.of("127.0.0.1", List.of(forwarded))).isEqualTo(source);
        assertThat(Source.of("::1", List.of("1.1.1.1, " + forwarded))).isEqualTo(source);
    }

    @Test
    void aPeerFromAnIpv6NetworkIsThatNetwork() {
        assertThat(Source.of("2001:db8:1:2::5", List.of("1.1.1.1"))).isEqualTo("20010db800010002/64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown", "_hidden", "localhost", "example.com", "256.1.1.1", "1.1.1", "1.1.1.1:", "1.1.1.1:http",
                        "01.1.1.1",
                "2130706433", "dead:beef", ":", "::1::2", "[::1", "::1]", "[1.1.1.1]", "face.example:1", "\u0661.1.1.1"
            })
    void whatIsNoAddressCountsAsThePeer(String forwarded) {
        assertThat(Source.of("127.0.0.1", List.of(forwarded))).isEqualTo("127.0.0.1");
    }

    @Test
    void whatIsNoAddressHoweverLongIsNotRemembered() {
        assertThat(Source.of("127.0.0.1", List.of("x".repeat(5000)))).isEqualTo("127.0.0.1");
        assertThat(Source.of("127.0.0.1", List.of("::1%" + "x".repeat(5000)))).hasSizeLessThan(64);
    }
}
