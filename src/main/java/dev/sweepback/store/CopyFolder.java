package dev.sweepback.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folder of a {@link StoreCopy}: removed when it is closed or its process is asked to end. What a killed process
 * left is removed by the next that makes one, as the lock in it is free then.
 */
final class CopyFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CopyFolder.class);

    private static final String PREFIX = "sweepback-read-";
    private static final String DATABASE = "sweepback.db";
    private static final String LOCK = "in-use.lock";
    private static final List<String> FILES = List.of(DATABASE, DATABASE + "-wal", DATABASE + "-shm", LOCK);

    // Closing a second channel would give up the lock of the first: POSIX locks belong to process and file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private CopyFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static CopyFolder make() throws IOException {
        Path path = Files.createTempDirectory(PREFIX);
        HELD_HERE.add(path);
        removeAtExit(path);
        CopyFolder folder = new CopyFolder(path, locked(path));
        removeLeftovers(path);
        return folder;
    }

    /** What is registered last is removed first. */
    private static void removeAtExit(Path path) {
        path.toFile().deleteOnExit();
        FILES.forEach(name -> path.resolve(name).toFile().deleteOnExit());
    }

    /** The lock gets its name once it is held: at no time is there one of that name that is free. */
    private static FileChannel locked(Path path) throws IOException {
        Path unnamed = path.resolve("new.lock");
        FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            FileLock unused = channel.lock();
            Files.move(unnamed, path.resolve(LOCK));
            return channel;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(unnamed);
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private static void removeLeftovers(Path own) {
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(Objects.requireNonNull(own.getParent()), PREFIX + "*")) {
            UserPrincipal owner = Files.getOwner(own);
            for (Path folder : folders) {
                if (!HELD_HERE.contains(folder)) {
                    removeIfLeft(folder, owner);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn(
                    "a copy that a killed process left in the temporary folder could not be removed: {}", e.toString());
        }
    }

    /** Anybody may make something of such a name: only a real folder of the same owner is looked into. */
    private static void removeIfLeft(Path folder, UserPrincipal owner) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                removeIfFree(folder);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} is being made, or removed, by another process", folder);
        }
    }

    private static void removeIfFree(Path folder) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                remove(folder);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        for (String name : FILES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }

    /** Where the copy is to be. */
    Path database() {
        return path.resolve(DATABASE);
    }

    /** What was read is read: that the copy stays is worth a warning, no more. */
    @Override
    public void close() {
        try (lock) {
            remove(path);
        } catch (IOException e) {
            LOG.warn("the copy of the store in {} could not be removed: remove the folder ({})", path, e.toString());
        } finally {
            HELD_HERE.remove(path);
        }
    }
}
