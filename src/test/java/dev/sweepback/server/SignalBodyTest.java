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
    private final SignalBody bodies = new SignalBody(clock);

    @Test
    void aBodyOfTheLargestSizeIsReadWhole() {
        byte[] body = new byte[100];

        assertThat(bodies.read(new ByteArrayInputStream(body), -1, 100)).isEqualTo(body);
    }

    @Test
    void aByteMoreIsRefusedAlsoIfNobodyAnnouncedIt() {
        assertRefused(Refusal.TOO_LARGE, () -> bodies.read(new ByteArrayInputStream(new byte[101]), -1, 100));
    }

    @Test
    void whatNeverEndsIsNotReadToItsEnd() {
        InputStream endless = new Endless(clock, Duration.ZERO);

        assertRefused(Refusal.TOO_LARGE, () -> bodies.read(endless, -1, 64 * 1024));
    }

    @Test
    void whatIsAnnouncedTooLargeIsNotReadAtAll() {
        InputStream content = new ByteArrayInputStream(new byte[50]);

        assertRefused(Refusal.TOO_LARGE, () -> bodies.read(content, 101, 100));
        assertThat(content).hasSameContentAs(new ByteArrayInputStream(new byte[50]));
    }

    @Test
    void whatComesInDripsIsGivenUpAfterHalfAMinute() {
        InputStream drips = new Endless(clock, Duration.ofSeconds(10));

        assertRefused(Refusal.SLOW, () -> bodies.read(drips, -1, 64 * 1024));
        assertThat(clock.instant()).isEqualTo(new SettableClock().instant().plusSeconds(40));
    }

    @Test
    void soManyAreReadAtOnceAndNobodyBeyondThem() {
        InputStream beyond = new ByteArrayInputStream(new byte[50]);

        assertThat(bodies.read(new Nested(SignalBody.AT_ONCE - 1, beyond), -1, 100))
                .isEmpty();

        assertThat(beyond).as("not read").hasSameContentAs(new ByteArrayInputStream(new byte[50]));
        assertThat(bodies.read(beyond, -1, 100)).as("all have ended").hasSize(50);
    }

    @Test
    void whoBreaksOffOrSendsTooMuchTakesNobodysPlace() {
        for (int count = 0; count <= SignalBody.AT_ONCE; count++) {
            assertRefused(Refusal.TOO_LARGE, () -> bodies.read(new ByteArrayInputStream(new byte[101]), -1, 100));
        }

        assertThat(bodies.read(new ByteArrayInputStream(new byte[100]), -1, 100))
                .hasSize(100);
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SignalRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    /** Ends at once, but has others read meanwhile; the last of them one too many. */
    private final class Nested extends InputStream {

        private final int others;
        private final InputStream beyond;

        Nested(int others, InputStream beyond) {
            this.others = others;
            this.beyond = beyond;
        }

        @Override
        public int read() {
            if (others > 0) {
                assertThat(bodies.read(new Nested(others - 1, beyond), -1, 100)).isEmpty();
            } else {
                assertThatThrownBy(() -> bodies.read(beyond, -1, 100))
                        .isInstanceOfSatisfying(SignalRefused.class, refused -> {
                            assertThat(refused.refusal()).isEqualTo(Refusal.BUSY);
                            assertThat(refused.refusal().status()).isEqualTo(503);
                            assertThat(refused.retryAfter()).isPresent();
                        });
            }
            return -1;
        }

        @Override
        public int read(byte[] bytes, int from, int length) {
            return read();
        }
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
