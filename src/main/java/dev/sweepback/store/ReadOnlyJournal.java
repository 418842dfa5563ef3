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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store that is only looked at: nothing is made, brought up to date or appended, and it need not be whole. */
public final class ReadOnlyJournal implements Journal {

    private final StoreFile file;
    private final ReaderPool readers;
    private final Optional<StoreCopy> copy;

    private ReadOnlyJournal(StoreFile file, Optional<StoreCopy> copy, SnapshotCipher cipher) {
        this.file = file;
        this.copy = copy;
        this.readers = new ReaderPool(copy.map(StoreCopy::file).orElse(file), cipher);
    }

    /**
     * Opens a store that is there. One that is damaged opens too, so that it can be verified. Where SQLite cannot open it because
     * nothing can be written beside it, a copy is read that is removed again.
     *
     * @throws JournalException if there is none, or it was written by a newer Sweepback
     */
    public static ReadOnlyJournal open(Path databaseFile, SnapshotCipher cipher) {
        StoreFile file = new StoreFile(databaseFile);
        if (!Files.exists(file.path())) {
            throw new JournalException("there is no store " + file);
        }
        file.refuseNetwork();
        if (!isWhereItCannotBeOpened(file)) {
            refuseForeign(file);
            return new ReadOnlyJournal(file, Optional.empty(), cipher);
        }
        StoreCopy copy = StoreCopy.of(file);
        try {
            refuseForeign(copy.file());
            return new ReadOnlyJournal(file, Optional.of(copy), cipher);
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private static boolean isWhereItCannotBeOpened(StoreFile file) {
        if (!StoreCopy.isPossible(file)) {
            return false;
        }
        try (Connection connection = file.reader()) {
            Sql.number(connection, "SELECT count(*) FROM sqlite_master");
            return false;
        } catch (SQLException e) {
            return StoreFile.isKeptFromWriting(e);
        } catch (JournalException e) {
            return e.getCause() instanceof SQLException cause && StoreFile.isKeptFromWriting(cause);
        }
    }

    private static void refuseForeign(StoreFile file) {
        try (Connection connection = file.reader()) {
            int version = Schema.CURRENT.versionOf(file, connection);
            if (version == 0
                    && Sql.number(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'entry'") == 0) {
                throw new JournalException("the database " + file
                        + " holds no journal: name the store's place with --home, or in store.url");
            }
        } catch (SQLException e) {
            if (StoreFile.isDenied(e)) {
                throw file.failure("read", e);
            }
        } catch (JournalException e) {
            if (!(e.getCause() instanceof SQLException cause) || StoreFile.isDenied(cause)) {
                throw e;
            }
        }
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
    public List<Entry> append(List<Draft> drafts) {
        throw new IllegalStateException("the store " + file + " was opened to be read");
    }

    @Override
    public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
        throw new IllegalStateException("the store " + file + " was opened to be read");
    }

    @Override
    public void close() {
        try {
            readers.close();
        } finally {
            copy.ifPresent(StoreCopy::close);
        }
    }
}
