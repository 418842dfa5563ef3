package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.ForkedJava;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.databind.json.JsonMapper;

final class ReadOnlyJournalTest {

    private static final SnapshotCipher CIPHER = new SnapshotCipher(new byte[32]);
    private static final State STATE =
            State.of(JsonMapper.shared().createObjectNode().put("a", 1));

    @TempDir
    Path folder = Path.of("");

    private Path file() {
        return folder.resolve("sweepback.db");
    }

    private Entry appended() {
        try (SqlJournal journal = SqlJournal.open(file(), CIPHER, Clock.systemUTC())) {
            return journal.append(Draft.of(EntryType.OPERATION_INTENT, Actor.DAEMON)
                    .snapshot("before", STATE)
                    .document("plan", new byte[] {1}));
        }
    }

    @Test
    void allCanBeRead() {
        Entry entry = appended();

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file(), CIPHER)) {
            assertThat(journal.read(Query.all())).extracting(Entry::toString).containsExactly(entry.toString());
            assertThat(journal.first(Query.all())).isPresent();
            assertThat(journal.snapshot(entry.data("before").orElseThrow())).isEqualTo(STATE);
            assertThat(journal.document(entry.data("plan").orElseThrow())).containsExactly(1);
            assertThat(journal.verify().ok()).isTrue();
        }
    }

    @Test
    void withoutTheKeyOnlySnapshotsStayClosed() {
        Entry entry = appended();

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file(), SnapshotCipher.withoutKey())) {
            assertThat(journal.read(Query.all())).hasSize(1);
            assertThat(journal.verify().ok()).isTrue();
            assertThatThrownBy(() -> journal.snapshot(entry.data("before").orElseThrow()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("store.key");
        }
    }

    @Test
    void nothingCanBeAppended() {
        appended();

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file(), CIPHER)) {
            assertThatThrownBy(() -> journal.append(Draft.of(EntryType.JOB_PAUSED, Actor.DAEMON)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> journal.decide(reader -> List.of())).isInstanceOf(IllegalStateException.class);
            assertThat(journal.read(Query.all())).hasSize(1);
        }
    }

    /** As on a read-only file system, also for who may do everything: SQLite cannot make its file of that name. */
    private void nothingCanBeMadeBesideIt() throws Exception {
        Files.createSymbolicLink(folder.resolve("sweepback.db-shm"), folder.resolve("nowhere/at-all"));
    }

    private static long copies() throws Exception {
        return copies(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static long copies(Path folder) throws Exception {
        try (Stream<Path> temporary = Files.list(folder)) {
            return temporary
                    .filter(path -> String.valueOf(path.getFileName()).startsWith("sweepback-read-"))
                    .count();
        }
    }

    @Test
    void whereNothingCanBeMadeBesideItACopyIsReadAndRemoved() throws Exception {
        Entry entry = appended();
        nothingCanBeMadeBesideIt();
        long before = copies();

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file(), CIPHER)) {
            assertThat(journal.read(Query.all())).extracting(Entry::toString).containsExactly(entry.toString());
            assertThat(journal.snapshot(entry.data("before").orElseThrow())).isEqualTo(STATE);
            assertThat(journal.verify().ok()).isTrue();
            assertThat(copies()).isEqualTo(before + 1);
        }

        assertThat(copies()).isEqualTo(before);
    }

    @Test
    void onAFullDiskACopyIsReadToo() {
        assertThat(StoreFile.isKeptFromWriting(new SQLiteException("", SQLiteErrorCode.SQLITE_IOERR_SHMSIZE)))
                .isTrue();
        assertThat(StoreFile.isKeptFromWriting(new SQLiteException("", SQLiteErrorCode.SQLITE_FULL)))
                .isTrue();
        assertThat(StoreFile.isKeptFromWriting(new SQLiteException("", SQLiteErrorCode.SQLITE_IOERR_READ)))
                .isFalse();
    }

    @Test
    void aCopyThatCannotBeRemovedHidesNothingThatWasRead() throws Exception {
        CopyFolder copy = CopyFolder.make();
        Path other = Files.createFile(copy.database().resolveSibling("other"));

        assertThatCode(copy::close).doesNotThrowAnyException();

        Files.delete(other);
        Files.delete(other.getParent());
    }

    @Test
    void whatIsStillInTheLogIsReadFromTheCopyToo() throws Exception {
        try (SqlJournal journal = SqlJournal.open(file(), CIPHER, Clock.systemUTC())) {
            Entry entry = journal.append(Draft.of(EntryType.JOB_PAUSED, Actor.DAEMON));
            assertThat(Files.size(folder.resolve("sweepback.db-wal"))).isPositive();
            Path home = Files.createDirectory(folder.resolve("killed"));
            for (String name : List.of("sweepback.db", "sweepback.db-wal")) {
                Files.copy(folder.resolve(name), home.resolve(name));
            }
            Files.createSymbolicLink(home.resolve("sweepback.db-shm"), folder.resolve("nowhere/at-all"));
            Path link = Files.createSymbolicLink(folder.resolve("linked.db"), home.resolve("sweepback.db"));

            for (Path database : List.of(home.resolve("sweepback.db"), link)) {
                try (ReadOnlyJournal read = ReadOnlyJournal.open(database, CIPHER)) {
                    assertThat(read.read(Query.all()))
                            .extracting(Entry::toString)
                            .containsExactly(entry.toString());
                }
            }
        }
    }

    @Test
    void aCopyThatAKilledProcessLeftIsRemovedByTheNextAndNotBefore() throws Exception {
        appended();
        nothingCanBeMadeBesideIt();
        Path temporary = Files.createDirectory(folder.resolve("temporary"));

        try (ForkedJava killed = reading(temporary);
                ForkedJava other = reading(temporary)) {
            assertThat(copies(temporary)).isEqualTo(2);
            killed.kill();
            assertThat(copies(temporary)).isEqualTo(2);

            try (ForkedJava next = reading(temporary)) {
                assertThat(copies(temporary)).isEqualTo(2);
                askToEnd(other);
                askToEnd(next);
                assertThat(copies(temporary)).isZero();
            }
        }
    }

    /** A process that has read a copy, and still has it. */
    private ForkedJava reading(Path temporary) throws Exception {
        ForkedJava process =
                new ForkedJava(List.of("-Djava.io.tmpdir=" + temporary), ReadMain.class, file().toString());
        assertThat(process.line()).isEqualTo("1 entries");
        return process;
    }

    private static void askToEnd(ForkedJava process) throws Exception {
        ProcessHandle.of(process.pid()).orElseThrow().destroy();
        assertThat(process.exitCode()).isNotZero();
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() {
        assertThatThrownBy(() -> ReadOnlyJournal.open(file(), CIPHER))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("there is no store");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aDatabaseWithoutAJournalIsRefused() throws Exception {
        sql("CREATE TABLE customers (a)");

        assertThatThrownBy(() -> ReadOnlyJournal.open(file(), CIPHER))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("holds no journal");
    }

    @Test
    void aStoreOfANewerSweepbackIsRefused() throws Exception {
        appended();
        sql("PRAGMA user_version = 2");

        assertThatThrownBy(() -> ReadOnlyJournal.open(file(), CIPHER))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("written by a newer Sweepback");
    }

    @Test
    void theFolderOfAStoreIsWhereItReallyIs() throws Exception {
        appended();
        Path link = Files.createDirectory(folder.resolve("other")).resolve("sweepback.db");
        Files.createSymbolicLink(link, file());

        assertThat(SqlJournal.folder(link)).isEqualTo(SqlJournal.folder(file())).isEqualTo(folder.toRealPath());
        assertThat(SqlJournal.folder(folder.resolve("new/sweepback.db"))).isDirectory();
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            connection.createStatement().executeUpdate(sql);
        }
    }
}
