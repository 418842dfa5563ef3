package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.ForkedJava;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalContract;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class SqlJournalTest extends JournalContract {

    private static final SnapshotCipher CIPHER = new SnapshotCipher(new byte[32]);

    @TempDir
    Path folder = Path.of("");

    /** Appends from another process: the store, how many, and a mark to tell its entries by. */
    static final class Appender {
        public static void main(String[] arguments) {
            try (SqlJournal journal = SqlJournal.open(Path.of(arguments[0]), CIPHER, Clock.systemUTC())) {
                for (int count = 0; count < Integer.parseInt(arguments[1]); count++) {
                    journal.append(note(arguments[2]));
                }
            }
        }
    }

    @Override
    protected Journal open() {
        return SqlJournal.open(file(), CIPHER, clock);
    }

    private Path file() {
        return folder.resolve("home/sweepback.db");
    }

    @Test
    void allIsThereAfterReopening() {
        State state = State.of(JsonMapper.shared().createObjectNode().put("a", 1));
        Entry entry = journal.append(Draft.of(EntryType.OPERATION_INTENT, ACTOR).snapshot("before", state));
        journal.close();

        journal = open();

        assertThat(journal.read(Query.all())).extracting(Entry::toString).containsExactly(entry.toString());
        assertThat(journal.snapshot(entry.data("before").orElseThrow())).isEqualTo(state);
        assertThat(journal.append(note("next")).seq()).isEqualTo(2);
    }

    @Test
    void everyFileIsForItsOwnerAlone() throws Exception {
        journal.append(note("a"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        for (String name : List.of("sweepback.db", "sweepback.db-wal", "sweepback.db-shm")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().resolveSibling(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatASnapshotHidesIsNowhereInTheFiles() throws Exception {
        State state = State.of(JsonMapper.shared().createObjectNode().put("token", "hvs.a-very-secret-one"));
        journal.append(Draft.of(EntryType.OPERATION_INTENT, ACTOR).snapshot("before", state));

        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain("a-very-secret-one"));
        }
    }

    @Test
    void processesThatAppendAtOnceShareOneGaplessNumbering() throws Exception {
        journal.close();
        Files.delete(file());
        try (ForkedJava one = new ForkedJava(Appender.class, file().toString(), "150", "one");
                ForkedJava two = new ForkedJava(Appender.class, file().toString(), "150", "two")) {
            assertThat(one.exitCode()).isZero();
            assertThat(two.exitCode()).isZero();
        }

        journal = open();

        assertThat(journal.read(Query.all()))
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 300).boxed().toList());
        assertThat(journal.read(Query.all()))
                .filteredOn(entry -> entry.reason().orElseThrow().equals("one"))
                .hasSize(150);
        assertThat(journal.verify().problem()).isEmpty();
    }

    @Test
    void aReadSeesOneStateThoughOthersAppendMeanwhile() {
        journal.append(List.of(note("a"), note("b")));

        journal.read(Query.all(), entry -> journal.append(note("more")));

        assertThat(journal.read(Query.all())).hasSize(4);
    }

    @Test
    void entriesCannotBeChangedOrTakenAwayByAccident() {
        journal.append(note("a"));

        assertThatThrownBy(() -> sql("UPDATE entry SET leaf = x'00'")).hasMessageContaining("never changed");
        assertThatThrownBy(() -> sql("DELETE FROM entry")).hasMessageContaining("never taken away");
    }

    @Test
    void aStoreOfANewerSweepbackIsRefusedUntouched() throws Exception {
        journal.close();
        sql("PRAGMA user_version = 2");

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("written by a newer Sweepback")
                .hasMessageContaining(file().toString());
    }

    @Test
    void anOlderProgramStopsAppendingOnceANewerOneMigrated() throws Exception {
        journal.append(note("a"));
        sql("PRAGMA user_version = 2");

        assertThatThrownBy(() -> journal.append(note("b"))).hasMessageContaining("written by a newer Sweepback");

        assertThat(journal.read(Query.all())).hasSize(1);
    }

    @Test
    void aMigrationLeavesABackupOfWhatWasBefore() throws Exception {
        journal.append(note("a"));
        journal.close();
        Schema next = new Schema(2, store -> uncheckedSql("CREATE TABLE more (a); PRAGMA user_version = 2"));

        SqlJournal.open(file(), CIPHER, clock, next).close();

        Path backup = file().resolveSibling("sweepback.db.before-schema-2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        journal = SqlJournal.open(backup, CIPHER, clock);
        assertThat(journal.read(Query.all())).hasSize(1);
        assertThat(journal.verify().problem()).isEmpty();
        assertThat(file().resolveSibling("sweepback.db.before-schema-2.unfinished"))
                .doesNotExist();
    }

    @Test
    void anUpToDateStoreIsOpenedWithoutFlyway() {
        journal.close();

        journal = SqlJournal.open(file(), CIPHER, clock, new Schema(Schema.CURRENT.version(), store -> {
            throw new IllegalStateException("migrated again");
        }));

        assertThat(journal.read(Query.all())).isEmpty();
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefused() throws Exception {
        journal.close();
        Files.delete(file());
        sql("CREATE TABLE customers (a)");

        assertThatThrownBy(this::open).hasMessageContaining("belongs to another program");
    }

    @Test
    void whatIsNoDatabaseIsRefused() throws Exception {
        journal.close();
        Files.writeString(file(), "no database, but long enough to be looked at".repeat(50));

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("restore it from a backup");
    }

    @Test
    void aPlaceThatCannotBeIsRefusedWithARemedy() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> SqlJournal.open(folder.resolve("file/sweepback.db"), CIPHER, clock))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("--home");
    }

    @Test
    void aStoreOnANetworkFileSystemIsRefusedBeforeAnythingIsMade() throws Exception {
        String here = Files.getFileStore(folder).type();
        Path elsewhere = folder.resolve("other.db");

        assertThat(StoreFile.NETWORK).contains("nfs4", "cifs", "fuse.sshfs");
        assertThatThrownBy(() -> new StoreFile(elsewhere, Set.of(here)).create())
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("network file system")
                .hasMessageContaining("--home");
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void whatIsCommittedIsOnTheDisk() throws Exception {
        try (Connection writer = new StoreFile(file()).writer()) {
            assertThat(Sql.number(writer, "PRAGMA synchronous")).as("FULL").isEqualTo(2);
            assertThat(Sql.text(writer, "PRAGMA journal_mode")).isEqualTo("wal");
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            connection.createStatement().executeUpdate(sql);
        }
    }

    private void uncheckedSql(String sql) {
        try {
            sql(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
