package dev.sweepback.store;

import dev.sweepback.journal.Verification;
import java.sql.Connection;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/** Connections that cannot write, kept for the next read. Thread-safe: each is used by one thread at a time. */
final class ReaderPool implements AutoCloseable {

    private final StoreFile file;
    private final SnapshotCipher cipher;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    ReaderPool(StoreFile file, SnapshotCipher cipher) {
        this.file = file;
        this.cipher = cipher;
    }

    <T> T reading(Function<SqlReader, T> work) {
        Connection known = idle.pollFirst();
        Connection connection = known == null ? file.reader() : known;
        try {
            return work.apply(new SqlReader(connection, file, cipher));
        } finally {
            idle.addFirst(connection);
        }
    }

    Verification verify() {
        return StoreCheck.of(file, cipher);
    }

    @Override
    public void close() {
        idle.forEach(SqlJournal::close);
        idle.clear();
    }
}
