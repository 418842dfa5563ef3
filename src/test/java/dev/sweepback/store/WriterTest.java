package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriterTest {

    private static final SnapshotCipher CIPHER = new SnapshotCipher(new byte[32]);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private static Draft note(String reason) {
        return Draft.of(EntryType.RESOURCE_KEPT, new Actor("local:1000/ann", false))
                .reason(reason);
    }

    private static void write(Writer writer, Draft... drafts) {
        writer.inTransaction(() -> writer.write(List.of(new Append(List.of(drafts), CIPHER))));
    }

    @Test
    void aFullDiskRecordsNothingAndIsOvercomeByRoom() throws Exception {
        Path file = folder.resolve("sweepback.db");
        StoreFile store = new StoreFile(file);
        store.create();
        try (Connection connection = store.writer();
                Journal journal = SqlJournal.open(file, CIPHER, CLOCK)) {
            Writer writer = new Writer(store, connection, Schema.CURRENT, CLOCK);
            write(writer, note("before"));
            Sql.execute(connection, "PRAGMA max_page_count = " + Sql.number(connection, "PRAGMA page_count"));

            assertThatThrownBy(() -> write(writer, note("small"), note("large").document("large", new byte[100_000])))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("make room");
            assertThat(journal.read(Query.all())).hasSize(1);
            Sql.execute(connection, "PRAGMA max_page_count = 1000000");
            write(writer, note("after"));

            assertThat(journal.read(Query.all()))
                    .extracting(entry -> entry.reason().orElseThrow())
                    .containsExactly("before", "after");
            assertThat(journal.verify().problem()).isEmpty();
        }
    }
}
