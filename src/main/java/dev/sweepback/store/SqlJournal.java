package dev.sweepback.store;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The journal on SQLite: one file, WAL, every commit synced. Several processes may have it open and append. */
public final class SqlJournal implements Journal {

    private final StoreFile file;
    private final SnapshotCipher cipher;
    private final Writer writer;
    private final GroupCommit commits;
    private final ReaderPool readers;

    private SqlJournal(StoreFile file, SnapshotCipher cipher, Writer writer) {
        this.file = file;
        this.cipher = cipher;
        this.writer = writer;
        this.readers = new ReaderPool(file, cipher);
        this.commits = new GroupCommit(this::commit);
    }

    /**
     * Opens the store; makes it, readable by its owner alone, if there is none; brings an older one up to date after a
     * backup beside it.
     *
     * @throws JournalException if it cannot be used, was written by a newer Sweepback, is on a network file system, or
     *     holds snapshots under another key
     */
    public static SqlJournal open(Path databaseFile, SnapshotCipher cipher, Clock clock) {
        return open(databaseFile, cipher, clock, Schema.CURRENT);
    }

    static SqlJournal open(Path databaseFile, SnapshotCipher cipher, Clock clock, Schema schema) {
        StoreFile file = new StoreFile(databaseFile);
        file.create();
        Connection connection = file.writer();
        try {
            schema.bringUpToDate(file, connection);
            refuseAnotherKey(file, connection, cipher);
            return new SqlJournal(file, cipher, new Writer(file, connection, schema, clock));
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    /**
     * The folder that the store is really in, links resolved; made for its owner alone if there is none. What guards the
     * store as a whole belongs there, as a store can be reached from several homes.
     *
     * @throws JournalException if it cannot be made or is on a network file system, where locks do not hold
     */
    public static Path folder(Path databaseFile) {
        StoreFile file = new StoreFile(databaseFile);
        file.makeFolder();
        file.refuseNetwork();
        return file.folder();
    }

    /** Whether there is a store at that place and it holds snapshots, which only its key can read. */
    public static boolean holdsSnapshots(Path databaseFile) {
        if (!Files.exists(databaseFile)) {
            return false;
        }
        StoreFile file = new StoreFile(databaseFile);
        try (Connection connection = file.reader()) {
            return Sql.number(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'snapshot'") > 0
                    && Sql.number(connection, "SELECT EXISTS (SELECT 1 FROM snapshot)") > 0;
        } catch (SQLException e) {
            throw file.failure("read", e);
        }
    }

    private static void refuseAnotherKey(StoreFile file, Connection connection, SnapshotCipher cipher) {
        try {
            String used = Sql.text(connection, "SELECT (SELECT keyId FROM snapshot LIMIT 1)");
            if (!cipher.keyId().isEmpty() && !used.isEmpty() && !used.equals(cipher.keyId())) {
                throw new JournalException("the snapshots in the store " + file + " are encrypted with the key " + used
                        + ", and the given key is " + cipher.keyId() + ": give the store's key in store.key");
            }
        } catch (SQLException e) {
            throw file.failure("read", e);
        }
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        return drafts.isEmpty() ? List.of() : commits.append(new Append(drafts, cipher));
    }

    @Override
    public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
        return commits.alone(() -> {
            List<Entry> entries = new ArrayList<>();
            writer.inTransaction(() -> {
                List<Draft> drafts = decision.apply(new SqlReader(writer.connection(), file, cipher));
                entries.addAll(writer.write(List.of(new Append(drafts, cipher))).get(0));
            });
            return List.copyOf(entries);
        });
    }

    private List<List<Entry>> commit(List<Append> appends) {
        List<List<Entry>> written = new ArrayList<>();
        writer.inTransaction(() -> written.addAll(writer.write(appends)));
        return written;
    }

    @Override
    public void read(Query query, Consumer<Entry> consumer) {
        readers.reading(reader -> {
            reader.read(query, consumer);
            return true;
        });
    }

    @Override
    public Optional<Entry> first(Query query) {
        return readers.reading(reader -> reader.first(query));
    }

    @Override
    public State snapshot(String reference) {
        return readers.reading(reader -> reader.snapshot(reference));
    }

    @Override
    public byte[] document(String reference) {
        return readers.reading(reader -> reader.document(reference));
    }

    @Override
    public Verification verify() {
        return readers.verify();
    }

    @Override
    public void close() {
        readers.close();
        commits.alone(() -> {
            close(writer.connection());
            return true;
        });
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new JournalException("the store could not be closed: " + e.getMessage(), e);
        }
    }
}
