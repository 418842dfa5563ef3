package dev.sweepback.store;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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

    private final StoreFile file;
    private final Connection connection;
    private final SnapshotCipher cipher;
    private final TreeHead tree = new TreeHead();

    StoreCheck(StoreFile file, Connection connection, SnapshotCipher cipher) {
        this.file = file;
        this.connection = connection;
        this.cipher = cipher;
    }

    Verification run() throws SQLException {
        // Takes about as long as all the rest, so it runs beside it.
        FutureTask<String> integrity = new FutureTask<>(this::integrity);
        new Thread(integrity, "integrity-check").start();
        Optional<String> problem = firstMismatch();
        String damage = await(integrity);
        return verification(problem.or(
                () -> Optional.of(damage).filter(found -> !found.equals("ok")).map(StoreCheck::damaged)));
    }

    private Optional<String> firstMismatch() throws SQLException {
        Sql.execute(connection, "BEGIN");
        try {
            checkEntries();
            checkHead();
            checkSchema();
            return Optional.empty();
        } catch (Mismatch mismatch) {
            return Optional.ofNullable(mismatch.getMessage());
        } catch (SQLException e) {
            if (StoreFile.isDamage(e)) {
                return Optional.of(damaged("nothing can be read after entry " + tree.size()));
            }
            throw e;
        } finally {
            Sql.execute(connection, "ROLLBACK");
        }
    }

    // Also compares every index with the columns generated from the bytes.
    private String integrity() throws SQLException {
        try (Connection own = file.reader()) {
            return Sql.text(own, "PRAGMA integrity_check(1)");
        }
    }

    private String await(FutureTask<String> integrity) throws SQLException {
        try {
            return integrity.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("the verification of the store " + file + " was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                if (StoreFile.isDamage(cause)) {
                    return String.valueOf(cause.getMessage());
                }
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    private static String damaged(String how) {
        return "the database is damaged: " + how;
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

    private static void check(boolean holds, long seq, String otherwise) throws Mismatch {
        if (!holds) {
            throw new Mismatch("entry " + seq + ": " + otherwise);
        }
    }
}
