package dev.sweepback.store;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads over one connection, seeing what that connection's transaction sees. */
final class SqlReader implements JournalReader {

    private final Connection connection;
    private final StoreFile file;
    private final SnapshotCipher cipher;

    SqlReader(Connection connection, StoreFile file, SnapshotCipher cipher) {
        this.connection = connection;
        this.file = file;
        this.cipher = cipher;
    }

    @Override
    public void read(Query query, Consumer<Entry> consumer) {
        try (PreparedStatement select = SelectEntries.prepare(connection, query);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                consumer.accept(parse(rows));
            }
        } catch (SQLException e) {
            throw file.failure("read", e);
        }
    }

    @Override
    public Optional<Entry> first(Query query) {
        return read(new Query(
                        query.types(),
                        query.equal(),
                        query.nameGlob(),
                        query.from(),
                        query.until(),
                        query.afterSeq(),
                        query.newestFirst(),
                        1))
                .stream()
                .findFirst();
    }

    @Override
    public State snapshot(String reference) {
        String what = "snapshot " + reference;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT keyId, wrappedKey, ciphertext FROM snapshot WHERE ref = ?")) {
            select.setString(1, reference);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw missing(what);
                }
                byte[] wrappedKey = row.getBytes(2);
                byte[] ciphertext = row.getBytes(3);
                if (wrappedKey == null
                        || ciphertext == null
                        || !Reference.snapshot(ciphertext).equals(reference)) {
                    throw changed(what);
                }
                Sealed sealed = new Sealed(String.valueOf(row.getString(1)), wrappedKey, ciphertext);
                return State.fromBytes(cipher.open(sealed, what));
            }
        } catch (SQLException e) {
            throw file.failure("read", e);
        }
    }

    @Override
    public byte[] document(String reference) {
        String what = "document " + reference;
        try (PreparedStatement select = connection.prepareStatement("SELECT content FROM document WHERE ref = ?")) {
            select.setString(1, reference);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw missing(what);
                }
                byte[] content = row.getBytes(1);
                if (content == null || !Reference.document(content).equals(reference)) {
                    throw changed(what);
                }
                return content;
            }
        } catch (SQLException e) {
            throw file.failure("read", e);
        }
    }

    private Entry parse(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes(1);
        if (bytes == null || !Arrays.equals(Entry.leafHash(bytes), row.getBytes(2))) {
            throw changed("entry " + row.getLong(3));
        }
        try {
            return Entry.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new JournalException(
                    "the store " + file + " holds an entry that this Sweepback cannot read (entry " + row.getLong(3)
                            + ": " + e.getMessage() + "): run `sweepback audit verify`",
                    e);
        }
    }

    private JournalException missing(String what) {
        return new JournalException(what + " is not in the store " + file + ": restore the store from a backup");
    }

    private JournalException changed(String what) {
        return new JournalException(what + " was changed in the store " + file + ": run `sweepback audit verify`");
    }
}
