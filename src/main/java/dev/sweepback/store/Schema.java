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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a store to the schema of this program. An up-to-date store costs one read. */
final class Schema {

    /** What the newest migration sets {@code user_version} to. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    private static final Object ONE_AT_A_TIME = new Object();

    private Schema() {}

    /** Afterwards the store has this program's schema, or an exception says why not and nothing was changed. */
    static void bringUpToDate(StoreFile file, Connection connection) {
        try {
            if (version(file, connection) < VERSION) {
                synchronized (ONE_AT_A_TIME) {
                    migrateAlone(file, connection);
                }
            }
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
    private static void migrateAlone(StoreFile file, Connection connection) throws IOException, SQLException {
        Path lockFile = file.path().resolveSibling(file.path().getFileName() + ".migration-lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            int found = version(file, connection);
            if (lock.isValid() && found < VERSION) {
                if (found == 0) {
                    refuseForeign(file, connection);
                    Sql.text(connection, "PRAGMA journal_mode = WAL");
                } else {
                    backUp(file, connection, found);
                }
                FlywayMigration.run(file);
            }
        } finally {
            Files.deleteIfExists(lockFile);
        }
    }

    private static int version(StoreFile file, Connection connection) throws SQLException {
        long version = Sql.number(connection, "PRAGMA user_version");
        if (version > VERSION) {
            throw new JournalException("the store " + file + " was written by a newer Sweepback (its schema is "
                    + version + ", this program knows up to " + VERSION
                    + "): use that Sweepback, or restore the backup made before its migration");
        }
        return (int) version;
    }

    private static void refuseForeign(StoreFile file, Connection connection) throws SQLException {
        if (Sql.number(connection, "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'flyway%'") > 0) {
            throw new JournalException(
                    "the database " + file + " belongs to another program: give another place in store.url");
        }
    }

    private static void backUp(StoreFile file, Connection connection, int version) throws SQLException, IOException {
        Path backup = file.path().resolveSibling(file.path().getFileName() + ".before-schema-" + VERSION);
        Path unfinished = backup.resolveSibling(backup.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        StoreFile.createForOwner(unfinished);
        Sql.execute(connection, "VACUUM INTO '" + unfinished.toString().replace("'", "''") + "'");
        try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(unfinished, backup, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("The store {} goes from schema {} to {}; its backup is {}.", file, version, VERSION, backup);
    }
}
