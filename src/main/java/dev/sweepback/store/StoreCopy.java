package dev.sweepback.store;

import dev.sweepback.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A store and its log, copied to a temporary folder of its reader alone, to be read where SQLite cannot keep its files beside the store:
 * on a read-only file system or a full disk, or without the right to write to the folder. SQLite could be told that the file never
 * changes (its {@code immutable}), but over another mount of the same disk somebody may write all the same, and then it reads nonsense.
 * A copy during which nothing has changed is whole.
 */
final class StoreCopy implements AutoCloseable {

    private static final List<String> COPIED = List.of("", "-wal");

    private final CopyFolder folder;
    private final StoreFile file;

    private StoreCopy(CopyFolder folder) {
        this.folder = folder;
        this.file = new StoreFile(folder.database());
    }

    /** Whether all that was recorded may be read. */
    static boolean isPossible(StoreFile original) {
        try {
            return existing(original).stream().allMatch(Files::isReadable);
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws JournalException if it cannot be copied, or somebody writes meanwhile */
    static StoreCopy of(StoreFile original) {
        try {
            StoreCopy copy = new StoreCopy(CopyFolder.make());
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

    private record Stamp(Path path, long size, FileTime modified) {}

    private void fill(StoreFile original) throws IOException {
        List<Stamp> before = stamps(original);
        for (String ending : COPIED) {
            Path from = beside(original.path().toRealPath(), ending);
            if (Files.exists(from)) {
                Files.copy(from, beside(file.path(), ending), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!before.equals(stamps(original))) {
            throw new JournalException("the store " + original + " is being written to: try again");
        }
    }

    private static List<Stamp> stamps(StoreFile original) throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path path : existing(original)) {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            stamps.add(new Stamp(path, attributes.size(), attributes.lastModifiedTime()));
        }
        return stamps;
    }

    /** SQLite follows links, and keeps the log where the file really is. */
    private static List<Path> existing(StoreFile original) throws IOException {
        Path real = original.path().toRealPath();
        return COPIED.stream()
                .map(ending -> beside(real, ending))
                .filter(Files::exists)
                .toList();
    }

    StoreFile file() {
        return file;
    }

    private static Path beside(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    @Override
    public void close() {
        folder.close();
    }
}
