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
import org.jspecify.annotations.Nullable;
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
    private String keyId;

    private StoreCheck(StoreFile file, Connection connection, SnapshotCipher cipher) {
        this.file = file;
        this.connection = connection;
        this.cipher = cipher;
        this.keyId = cipher.keyId();
    }

    /** Opens the store just for this. What cannot be read because it is damaged is the answer, not a failure. */
    static Verification of(StoreFile file, SnapshotCipher cipher) {
        try (Connection connection = file.reader()) {
            return new StoreCheck(file, connection, cipher).run();
        } catch (SQLException e) {
            throw file.failure("verified", e);
        } catch (JournalException e) {
            if (e.getCause() instanceof SQLException cause && !StoreFile.isDenied(cause)) {
                return new Verification(
                        false,
                        0,
                        new TreeHead().root(),
                        0,
                        Optional.of(damaged("it does not open, " + cause.getMessage())));
            }
            throw e;
        }
    }

    private Verification run() throws SQLException {
        // Takes about as long as all the rest, so it runs beside it.
        FutureTask<Optional<String>> integrity = new FutureTask<>(this::integrity);
        new Thread(integrity, "integrity-check").start();
        Optional<String> problem = await(integrity, firstMismatch());
        return new Verification(problem.isEmpty(), tree.size(), tree.root(), 0, problem);
    }

    // The transaction ends with the connection.
    private Optional<String> firstMismatch() throws SQLException {
        try {
            Sql.execute(connection, "BEGIN");
            checkEntries();
            checkHead();
            checkSchema();
            return Optional.empty();
        } catch (Mismatch mismatch) {
            return Optional.ofNullable(mismatch.getMessage());
        } catch (SQLException e) {
            if (StoreFile.isDenied(e)) {
                throw e;
            }
            return Optional.of(damaged("nothing can be read after entry " + tree.size() + " (" + e.getMessage() + ")"));
        }
    }

    // Also compares every index with the columns generated from the bytes, and so stumbles over bytes that are no JSON.
    private Optional<String> integrity() throws SQLException {
        try (Connection own = file.reader()) {
            String found = Sql.text(own, "PRAGMA integrity_check(1)");
            return found.equals("ok") ? Optional.empty() : Optional.of(damaged(found));
        } catch (SQLException e) {
            if (StoreFile.isDenied(e)) {
                throw e;
            }
            return Optional.of(damaged(String.valueOf(e.getMessage())));
        }
    }

    /** A mismatch names the entry, so it tells more than what the integrity check found or why it failed. */
    private Optional<String> await(FutureTask<Optional<String>> integrity, Optional<String> mismatch)
            throws SQLException {
        try {
            Optional<String> damage = integrity.get();
            return mismatch.or(() -> damage);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("the verification of the store " + file + " was interrupted", e);
        } catch (ExecutionException e) {
            if (mismatch.isPresent()) {
                return mismatch;
            }
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new JournalException("the store " + file + " could not be verified: " + e.getCause(), e);
        }
    }

    private static String damaged(String how) {
        return "the database is damaged: " + how;
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
        check(bytes != null && Arrays.equals(Entry.leafHash(bytes), leaf), seq, "its bytes do not match its leaf hash");
        try {
            Entry entry = Entry.parse(bytes);
            check(entry.seq() == seq, seq, "its bytes say that it is entry " + entry.seq());
            check(
                    Arrays.equals(new JsonCanonicalizer(bytes).getEncodedUTF8(), bytes),
                    seq,
                    "its bytes are not canonical");
            return entry;
        } catch (IOException | RuntimeException e) {
            // Whatever crafted bytes provoke says that this is no entry of ours.
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
            check(
                    ciphertext != null && Reference.snapshot(ciphertext).equals(reference),
                    seq,
                    "its " + reference + " was changed");
            byte[] wrappedKey = row.getBytes(2);
            check(wrappedKey != null, seq, "its " + reference + " has lost its data key: it cannot be put back");
            checkKey(seq, reference, new Sealed(text(row.getString(1)), wrappedKey, ciphertext));
        }
    }

    /** Without the key, that all name the same one is all that can be told. */
    private void checkKey(long seq, String reference, Sealed sealed) throws Mismatch {
        if (keyId.isEmpty()) {
            keyId = sealed.keyId();
        }
        check(
                sealed.keyId().equals(keyId),
                seq,
                "its " + reference + " names the key " + sealed.keyId() + ", not " + keyId
                        + ": that was changed, or the given key is not the store's");
        check(
                cipher.keyId().isEmpty() || cipher.opens(sealed),
                seq,
                "its " + reference + " does not decrypt: its data key was changed");
    }

    private static String text(@Nullable String stored) {
        return stored == null ? "" : stored;
    }

    private static void checkDocument(long seq, String reference, PreparedStatement select)
            throws SQLException, Mismatch {
        select.setString(1, reference);
        try (ResultSet row = select.executeQuery()) {
            check(row.next(), seq, "its " + reference + " is missing");
            byte[] content = row.getBytes(1);
            check(
                    content != null && Reference.document(content).equals(reference),
                    seq,
                    "its " + reference + " was changed");
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
        long version = Sql.number(connection, "PRAGMA user_version");
        if (version != Schema.CURRENT.version()) {
            throw new Mismatch("the schema was changed: its version is " + version);
        }
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
