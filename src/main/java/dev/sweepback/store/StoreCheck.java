package dev.sweepback.store;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.TreeHead;
import dev.sweepback.journal.Verification;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;

/** Checks everything in a store against everything else, in one consistent view, and stops at the first mismatch. */
final class StoreCheck {

    /** The first mismatch. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message);
        }
    }

    private final Connection connection;
    private final SnapshotCipher cipher;
    private final TreeHead tree = new TreeHead();

    StoreCheck(Connection connection, SnapshotCipher cipher) {
        this.connection = connection;
        this.cipher = cipher;
    }

    Verification run() throws SQLException {
        Sql.execute(connection, "BEGIN");
        try {
            checkEntries();
            checkHead();
            checkSchema();
            checkDatabase();
            return verification(Optional.empty());
        } catch (Mismatch mismatch) {
            return verification(Optional.ofNullable(mismatch.getMessage()));
        } finally {
            Sql.execute(connection, "ROLLBACK");
        }
    }

    private Verification verification(Optional<String> problem) {
        return new Verification(problem.isEmpty(), tree.size(), tree.root(), 0, problem);
    }

    private void checkEntries() throws SQLException, Mismatch {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT seq, bytes, leaf FROM entry ORDER BY seq");
                PreparedStatement snapshot = connection.prepareStatement(
                        "SELECT keyId, wrappedKey, ciphertext FROM snapshot WHERE ref = ?");
                PreparedStatement document =
                        connection.prepareStatement("SELECT content FROM document WHERE ref = ?")) {
            while (rows.next()) {
                long seq = rows.getLong(1);
                long expected = tree.size() + 1;
                check(seq == expected, expected, "is missing; the next one found is " + seq);
                byte[] leaf = rows.getBytes(3);
                Entry entry = checkEntry(seq, rows.getBytes(2), leaf);
                checkReferences(entry, snapshot, document);
                tree.add(leaf);
            }
        }
    }

    private static Entry checkEntry(long seq, byte[] bytes, byte[] leaf) throws Mismatch {
        check(Arrays.equals(Entry.leafHash(bytes), leaf), seq, "its bytes do not match its leaf hash");
        try {
            Entry entry = Entry.parse(bytes);
            check(entry.seq() == seq, seq, "its bytes say that it is entry " + entry.seq());
            check(
                    Arrays.equals(new JsonCanonicalizer(bytes).getEncodedUTF8(), bytes),
                    seq,
                    "its bytes are not canonical");
            return entry;
        } catch (IllegalArgumentException | IOException e) {
            throw new Mismatch("entry " + seq + ": " + e.getMessage());
        }
    }

    private void checkReferences(Entry entry, PreparedStatement snapshot, PreparedStatement document)
            throws SQLException, Mismatch {
        for (JsonNode value : entry.body().path("data")) {
            String reference = value.isString() ? value.asString() : "";
            if (reference.startsWith(Reference.SNAPSHOT)) {
                checkSnapshot(entry.seq(), reference, snapshot);
            } else if (reference.startsWith(Reference.DOCUMENT)) {
                checkDocument(entry.seq(), reference, document);
            }
        }
    }

    private void checkSnapshot(long seq, String reference, PreparedStatement select) throws SQLException, Mismatch {
        select.setString(1, reference);
        try (ResultSet row = select.executeQuery()) {
            check(row.next(), seq, "its " + reference + " is missing");
            byte[] ciphertext = row.getBytes(3);
            check(Reference.snapshot(ciphertext).equals(reference), seq, "its " + reference + " was changed");
            byte[] wrappedKey = row.getBytes(2);
            if (wrappedKey != null && !cipher.keyId().isEmpty()) {
                check(
                        cipher.opens(new Sealed(row.getString(1), wrappedKey, ciphertext)),
                        seq,
                        "its " + reference + " does not decrypt: its data key was changed");
            }
        }
    }

    private static void checkDocument(long seq, String reference, PreparedStatement select)
            throws SQLException, Mismatch {
        select.setString(1, reference);
        try (ResultSet row = select.executeQuery()) {
            check(row.next(), seq, "its " + reference + " is missing");
            check(Reference.document(row.getBytes(1)).equals(reference), seq, "its " + reference + " was changed");
        }
    }

    private void checkHead() throws SQLException, Mismatch {
        try (Statement statement = connection.createStatement();
                ResultSet head = statement.executeQuery(
                        "SELECT size, head.leaf, entry.leaf FROM head LEFT JOIN entry ON seq = size WHERE id = 1")) {
            if (!head.next()) {
                throw new Mismatch("the head row is missing");
            }
            long size = head.getLong(1);
            if (size != tree.size()) {
                throw new Mismatch("the head row counts " + size + " entries, and there are " + tree.size());
            }
            byte[] last = head.getBytes(3);
            if (!Arrays.equals(head.getBytes(2), last == null ? new byte[0] : last)) {
                throw new Mismatch("the head row does not match the last entry, " + size);
            }
        }
    }

    private void checkSchema() throws SQLException, Mismatch {
        Optional<String> difference = SchemaText.difference(connection);
        if (difference.isPresent()) {
            throw new Mismatch("the schema was changed: " + difference.get());
        }
    }

    private void checkDatabase() throws SQLException, Mismatch {
        String found = Sql.text(connection, "PRAGMA integrity_check(1)");
        if (!found.equals("ok")) {
            throw new Mismatch("the database is damaged: " + found);
        }
    }

    private static void check(boolean holds, long seq, String otherwise) throws Mismatch {
        if (!holds) {
            throw new Mismatch("entry " + seq + ": " + otherwise);
        }
    }
}
