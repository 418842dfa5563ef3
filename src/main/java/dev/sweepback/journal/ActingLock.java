package dev.sweepback.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on {@code HOME/acting.lock}: only its holder may send operations or recover. It ends with
 * the process, also when that is killed.
 */
public final class ActingLock implements AutoCloseable {

    /** Somebody else holds the lock. */
    public static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String holder;

        Held(String holder) {
            super("another process may act on this home: " + holder);
            this.holder = holder;
        }

        /** Who holds it, as it said itself. */
        public String holder() {
            return holder;
        }
    }

    private final FileChannel channel;
    private final FileLock lock;

    private ActingLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock or fails at once.
     *
     * @param who what to tell others: command and process id
     * @throws Held if somebody else has it
     */
    public static ActingLock acquire(Path home, String who) {
        Path holder = home.resolve("acting.holder");
        try {
            FileChannel channel =
                    FileChannel.open(home.resolve("acting.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new Held(Files.exists(holder) ? Files.readString(holder).strip() : "it did not say who it is");
            }
            try (FileChannel note = FileChannel.open(
                    holder,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                note.write(ByteBuffer.wrap(who.getBytes(StandardCharsets.UTF_8)));
            }
            return new ActingLock(channel, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + home.resolve("acting.lock"), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
