package dev.sweepback.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How much of a body is read, and for how long. */
class SignalBodyTest {

    private final SettableClock clock = new SettableClock();

    @Test
    void aBodyOfTheLargestSizeIsReadWhole() {
        byte[] body = new byte[100];

        assertThat(SignalBody.read(new ByteArrayInputStream(body), -1, 100, clock))
                .isEqualTo(body);
    }

    @Test
    void aByteMoreIsRefusedAlsoIfNobodyAnnouncedIt() {
        assertRefused(
                Refusal.TOO_LARGE, () -> SignalBody.read(new ByteArrayInputStream(new byte[101]), -1, 100, clock));
    }

    @Test
    void whatNeverEndsIsNotReadToItsEnd() {
        InputStream endless = new Endless(clock, Duration.ZERO);

        assertRefused(Refusal.TOO_LARGE, () -> SignalBody.read(endless, -1, 64 * 1024, clock));
    }

    @Test
    void whatIsAnnouncedTooLargeIsNotReadAtAll() {
        InputStream content = new ByteArrayInputStream(new byte[50]);

        assertRefused(Refusal.TOO_LARGE, () -> SignalBody.read(content, 101, 100, clock));
        assertThat(content).hasSameContentAs(new ByteArrayInputStream(new byte[50]));
    }

    @Test
    void whatComesInDripsIsGivenUpAfterHalfAMinute() {
        InputStream drips = new Endless(clock, Duration.ofSeconds(10));

        assertRefused(Refusal.SLOW, () -> SignalBody.read(drips, -1, 64 * 1024, clock));
        assertThat(clock.instant()).isEqualTo(new SettableClock().instant().plusSeconds(40));
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SignalRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    /** Gives a byte at a time, and time goes by meanwhile. */
    private static final class Endless extends InputStream {

        private final SettableClock clock;
        private final Duration each;

        Endless(SettableClock clock, Duration each) {
            this.clock = clock;
            this.each = each;
        }

        @Override
        public int read() {
            clock.advance(each);
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            buffer[offset] = (byte) read();
            return 1;
        }
    }
}
