package dev.sweepback.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * Reads bodies to their end, within bounds of length and time, and few at once. The time is looked at between two reads, and the
 * server ends a read for which nothing comes for half a minute: together they bound a body to a minute.
 */
final class SignalBody {

    static final int AT_ONCE = 16;

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int CHUNK = 8 * 1024;

    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Clock clock;

    SignalBody(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param announced what the sender says that comes; negative if it does not say
     * @throws SignalRefused if it is larger, takes longer, or breaks off, or if too many are being read
     */
    byte[] read(InputStream content, long announced, int most) {
        if (announced > most) {
            throw tooLarge(most);
        }
        if (!free.tryAcquire()) {
            throw new SignalRefused(Refusal.BUSY, "too many signals are being read", "wait, then send it again")
                    .retryAfter(LONGEST);
        }
        try {
            return read(content, most);
        } finally {
            free.release();
        }
    }

    private byte[] read(InputStream content, int most) {
        Instant end = clock.instant().plus(LONGEST);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try {
            for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
                body.write(chunk, 0, length);
                if (body.size() > most) {
                    throw tooLarge(most);
                }
                if (clock.instant().isAfter(end)) {
                    throw new SignalRefused(Refusal.SLOW, "it took longer than 30 s to come", "send it at once");
                }
            }
        } catch (IOException e) {
            throw new SignalRefused(Refusal.SLOW, "it broke off", "send it again");
        }
        return body.toByteArray();
    }

    private static SignalRefused tooLarge(int most) {
        return new SignalRefused(
                Refusal.TOO_LARGE, "it has more than " + most / 1024 + " KiB", "send what docs/signals.md describes");
    }
}
