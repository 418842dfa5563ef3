package dev.sweepback.store;

import dev.sweepback.journal.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema, and the way to it from every older one. An up-to-date store costs one read.
 *
 * @param version what the newest migration sets {@code user_version} to
 */
record Schema(int version, Consumer<StoreFile> migration) {

    /** Of this program. */
    static final Schema CURRENT = new Schema(1, FlywayMigration::run);

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final Object ONE_AT_A_TIME = new Object();

    /** Afterwards the store has this program's schema, or an exception says why not and nothing was changed. */
    void bringUpToDate(StoreFile file, Connection connection) {
        try {
            if (versionOf(file, connection) < version) {
                synchronized (ONE_AT_A_TIME) {
                    migrateAlone(file, connection);
                }
            }
            writeAhead(file, connection);
        } catch (SQLException e) {
            throw file.failure("opened", e);
        } catch (IOException e) {
            throw new JournalException(
                    "the store " + file + " could not be brought up to date (" + e
                            + "): check the rights of its folder",
                    e);
        }
    }

    // Flyway does not keep two processes apart on SQLite.
    private void migrateAlone(StoreFile file, Connection connection) throws IOException, SQLException {
        Path lockFile = file.path().resolveSibling(file.path().getFileName() + ".migration-lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            int found = versionOf(file, connection);
            if (lock.isValid() && found < version) {
                if (found == 0) {
                    refuseForeign(file, connection);
                    writeAhead(file, connection);
                } else {
                    backUp(file, connection, found);
                }
                migration.accept(file);
            }
        }
    }

    // Stays with the file, but not with a copy made by VACUUM INTO.
    private static void writeAhead(StoreFile file, Connection connection) throws SQLException {
        if (!Sql.text(connection, "PRAGMA journal_mode = WAL").equals("wal")) {
            throw new JournalException("the store " + file
                    + " cannot keep a write-ahead log where it is: choose a local folder with --home");
        }
    }

    /** @throws JournalException if a newer Sweepback wrote it */
    int versionOf(StoreFile file, Connection connection) throws SQLException {
        long found = Sql.number(connection, "PRAGMA user_version");
        if (found > version) {
            throw newer(file, found);
        }
        return (int) found;
    }

    JournalException newer(StoreFile file, long found) {
        return new JournalException("the store " + file + " was written by a newer Sweepback (its schema is " + found
                + ", this program knows up to " + version
                + "): use that Sweepback, or restore the backup made before its migration");
    }

    private static void refuseForeign(StoreFile file, Connection connection) throws SQLException {
        if (Sql.number(connection, "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'flyway%'") > 0) {
            throw new JournalException(
                    "the database " + file + " belongs to another program: give another place in store.url");
        }
    }

    private void backUp(StoreFile file, Connection connection, int found) throws SQLException, IOException {
        Path backup = file.path().resolveSibling(file.path().getFileName() + ".before-schema-" + version);
        Path unfinished = backup.resolveSibling(backup.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        StoreFile.createForOwner(unfinished);
        Sql.execute(connection, "VACUUM INTO '" + unfinished.toString().replace("'", "''") + "'");
        try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(unfinished, backup, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("The store {} goes from schema {} to {}; its backup is {}.", file, found, version, backup);
    }
}
