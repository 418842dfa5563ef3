package dev.sweepback.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Reads a body to its end, within bounds of length and time. */
final class SignalBody {

    /** Beside it, the server ends a connection on which nothing comes for half a minute. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int CHUNK = 8 * 1024;

    private SignalBody() {}

    /**
     * @param announced what the sender says that comes; negative if it does not say
     * @throws SignalRefused if it is larger, takes longer, or breaks off
     */
    static byte[] read(InputStream content, long announced, int most, Clock clock) {
        if (announced > most) {
            throw tooLarge(most);
        }
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
