package dev.sweepback.store;

import dev.sweepback.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A store that nobody has open, copied to a temporary folder of its reader alone, to be read where SQLite cannot keep its files beside
 * the store: on a read-only file system, or without the right to write to the folder. SQLite could be told that the file never changes
 * (its {@code immutable}), but over another mount of the same disk somebody may write all the same, and then it reads nonsense. A copy
 * during which nothing has changed is whole.
 */
final class StoreCopy implements AutoCloseable {

    private static final List<String> BESIDE = List.of("", "-wal", "-shm");

    private final Path folder;
    private final StoreFile file;

    private StoreCopy(Path folder, StoreFile file) {
        this.folder = folder;
        this.file = file;
    }

    /** Whether all that was recorded is in the file itself: whoever has it open writes to a log beside it first. */
    static boolean isPossible(StoreFile original) {
        Path log = beside(original.path(), "-wal");
        try {
            return !Files.exists(log) || Files.size(log) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws JournalException if it cannot be copied, or somebody has begun to write meanwhile */
    static StoreCopy of(StoreFile original) {
        try {
            Path folder = Files.createTempDirectory("sweepback-read-");
            StoreCopy copy = new StoreCopy(folder, new StoreFile(folder.resolve("sweepback.db")));
            try {
                copy.fill(original);
            } catch (IOException | RuntimeException e) {
                copy.close();
                throw e;
            }
            return copy;
        } catch (IOException e) {
            throw new JournalException(
                    "the store " + original + " cannot be opened where it is, and not be copied to be read (" + e
                            + "): make room in the temporary folder, or read a copy elsewhere with --home",
                    e);
        }
    }

    private void fill(StoreFile original) throws IOException {
        BasicFileAttributes before = Files.readAttributes(original.path(), BasicFileAttributes.class);
        Files.copy(original.path(), file.path(), StandardCopyOption.REPLACE_EXISTING);
        BasicFileAttributes after = Files.readAttributes(original.path(), BasicFileAttributes.class);
        boolean same =
                before.size() == after.size() && before.lastModifiedTime().equals(after.lastModifiedTime());
        if (!same || !isPossible(original)) {
            throw new JournalException("the store " + original + " is being written to: try again");
        }
    }

    StoreFile file() {
        return file;
    }

    private static Path beside(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    @Override
    public void close() {
        try {
            for (String ending : BESIDE) {
                Files.deleteIfExists(beside(file.path(), ending));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy " + folder + " could not be removed", e);
        }
    }
}
