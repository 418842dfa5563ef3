package dev.sweepback.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operating system's lock on {@code acting.lock} in the folder of the store, which is the home unless {@code store.url}
 * names another: only its holder may send operations or recover. It ends with the process, also when that is killed.
 */
public final class ActingLock implements AutoCloseable {

    /** Somebody else holds the lock. */
    public static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String holder;

        Held(String holder) {
            super("another process may act on this store: " + holder);
            this.holder = holder;
        }

        /** Who holds it, as it said itself. */
        public String holder() {
            return holder;
        }
    }

    // Closing a second channel would give up the lock of the first: POSIX locks belong to process and file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private ActingLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock or fails at once.
     *
     * @param folder the store's, with links resolved
     * @param who what to tell others: command and process id
     * @throws Held if somebody else has it
     */
    public static ActingLock acquire(Path folder, String who) {
        Path holder = folder.resolve("acting.holder");
        Path file = folder.resolve("acting.lock");
        try {
            Path real = folder.toRealPath().resolve("acting.lock");
            if (!HELD_HERE.add(real)) {
                throw held(holder);
            }
            try {
                return acquire(real, holder, who);
            } catch (IOException | RuntimeException e) {
                HELD_HERE.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot lock " + file + " (" + e.getMessage()
                            + "): check the rights of the folder, and that its disk has room",
                    e);
        }
    }

    /** Who holds the lock at this moment, as it said itself; empty if nobody does. */
    public static Optional<String> holder(Path folder) {
        Path file = folder.resolve("acting.lock");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            Path real = folder.toRealPath().resolve("acting.lock");
            if (!HELD_HERE.contains(real) && isFree(real)) {
                return Optional.empty();
            }
            return Optional.of(held(folder.resolve("acting.holder")).holder());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file + ": check the rights of the folder", e);
        }
    }

    // A shared lock: two that look at the same time do not see each other.
    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock != null;
        }
    }

    private static ActingLock acquire(Path file, Path holder, String who) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw held(holder);
            }
            Files.writeString(holder, who);
            return new ActingLock(file, channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Held held(Path holder) throws IOException {
        return new Held(Files.exists(holder) ? Files.readString(holder).strip() : "it did not say who it is");
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
            HELD_HERE.remove(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + file, e);
        }
    }
}
