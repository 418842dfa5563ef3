package dev.sweepback.store;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.PlanAlreadyRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The one connection that writes. Not thread-safe: {@link GroupCommit} lets one thread in at a time. */
final class Writer {

    /** What happens within one transaction. */
    interface Work {
        void run() throws SQLException;
    }

    private final StoreFile file;
    private final Connection connection;
    private final Schema schema;
    private final Clock clock;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Writer(StoreFile file, Connection connection, Schema schema, Clock clock) {
        this.file = file;
        this.connection = connection;
        this.schema = schema;
        this.clock = clock;
    }

    Connection connection() {
        return connection;
    }

    /** All of it is durable on return, or an exception says why nothing is. */
    void inTransaction(Work work) {
        try {
            statement("BEGIN IMMEDIATE").execute();
            boolean committed = false;
            try {
                work.run();
                statement("COMMIT").execute();
                committed = true;
            } finally {
                if (!committed) {
                    rollBack();
                }
            }
        } catch (SQLException e) {
            throw file.failure("written", e);
        }
    }

    /** Must run in a transaction: the numbers follow the head row as it is now. */
    List<List<Entry>> write(List<Append> appends) throws SQLException {
        long size = size();
        List<List<Entry>> written = new ArrayList<>();
        byte[] lastLeaf = null;
        for (Append append : appends) {
            insertAttachments(append);
            List<Entry> entries = new ArrayList<>();
            for (Append.Item item : append.items()) {
                size++;
                Entry entry = Entry.seal(item.draft(), size, clock.instant(), item.references());
                lastLeaf = entry.leafHash();
                insert(entry, lastLeaf);
                entries.add(entry);
            }
            written.add(entries);
        }
        if (lastLeaf != null) {
            PreparedStatement head = statement("UPDATE head SET size = ?, leaf = ? WHERE id = 1");
            head.setLong(1, size);
            head.setBytes(2, lastLeaf);
            refuseUnlessOne(head.executeUpdate());
        }
        return written;
    }

    private long size() throws SQLException {
        try (ResultSet head = statement("SELECT size, user_version FROM head, pragma_user_version WHERE id = 1")
                .executeQuery()) {
            if (!head.next()) {
                throw new JournalException("the store " + file + " has lost its head row: restore it from a backup");
            }
            if (head.getLong(2) > schema.version()) {
                throw schema.newer(file, head.getLong(2));
            }
            return head.getLong(1);
        }
    }

    private void insert(Entry entry, byte[] leaf) throws SQLException {
        PreparedStatement insert = statement("INSERT INTO entry (seq, bytes, leaf) VALUES (?, ?, ?)");
        insert.setLong(1, entry.seq());
        insert.setBytes(2, entry.bytes());
        insert.setBytes(3, leaf);
        try {
            refuseUnlessOne(insert.executeUpdate());
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                    && entry.type() == EntryType.RUN_STARTED
                    && entry.plan().isPresent()) {
                throw new PlanAlreadyRun(entry.plan().get());
            }
            throw e;
        }
    }

    private void insertAttachments(Append append) throws SQLException {
        for (Map.Entry<String, Sealed> snapshot : append.snapshots().entrySet()) {
            PreparedStatement insert =
                    statement("INSERT INTO snapshot (ref, keyId, wrappedKey, ciphertext) VALUES (?, ?, ?, ?)");
            insert.setString(1, snapshot.getKey());
            insert.setString(2, snapshot.getValue().keyId());
            insert.setBytes(3, snapshot.getValue().wrappedKey());
            insert.setBytes(4, snapshot.getValue().ciphertext());
            refuseUnlessOne(insert.executeUpdate());
        }
        for (Map.Entry<String, byte[]> document : append.documents().entrySet()) {
            if (!isStored(document.getKey())) {
                PreparedStatement insert = statement("INSERT INTO document (ref, content) VALUES (?, ?)");
                insert.setString(1, document.getKey());
                insert.setBytes(2, document.getValue());
                refuseUnlessOne(insert.executeUpdate());
            }
        }
    }

    private boolean isStored(String document) throws SQLException {
        PreparedStatement select = statement("SELECT 1 FROM document WHERE ref = ?");
        select.setString(1, document);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    // A foreign trigger can swallow a row without an error.
    private void refuseUnlessOne(int rows) {
        if (rows != 1) {
            throw new JournalException("nothing was recorded: something in the store " + file
                    + " keeps new rows from being stored; run `sweepback audit verify`");
        }
    }

    private void rollBack() {
        try {
            Sql.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself after some failures, and the failure is on its way already.
            return;
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }
}
