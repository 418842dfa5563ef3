package dev.sweepback.store;

import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqlJournalTest extends JournalContract {

    @TempDir
    Path folder = Path.of("");

    @Override
    protected Journal open() {
        return SqlJournal.open(folder.resolve("home/sweepback.db"), new SnapshotCipher(new byte[32]), clock);
    }
}
