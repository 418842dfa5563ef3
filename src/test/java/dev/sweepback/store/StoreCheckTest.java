package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.Verification;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class StoreCheckTest {

    private static final SnapshotCipher CIPHER = new SnapshotCipher(new byte[32]);
    private static final String GUARDS =
            "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_taken_away; DROP TRIGGER"
                    + " snapshot_is_never_changed;";

    @TempDir
    Path folder = Path.of("");

    private Path file = folder;

    @BeforeEach
    void fiveEntries() {
        file = folder.resolve("sweepback.db");
        try (SqlJournal journal = SqlJournal.open(file, CIPHER, Clock.systemUTC())) {
            for (int index = 1; index <= 5; index++) {
                Draft draft = Draft.of(EntryType.OPERATION_INTENT, Actor.DAEMON).run(new RunId("run" + index));
                journal.append(
                        index == 3
                                ? draft.snapshot("before", state("a"))
                                        .document("plan", "a plan".getBytes(StandardCharsets.UTF_8))
                                : draft);
            }
        }
    }

    @Test
    void nothingIsFoundInAnUntouchedStore() {
        Verification verification = verify(CIPHER);

        assertThat(verification.problem()).isEmpty();
        assertThat(verification.ok()).isTrue();
        assertThat(verification.entries()).isEqualTo(5);
        assertThat(verification.coveredTo()).isZero();
    }

    @Test
    void itNeedsNoKey() {
        assertThat(verify(SnapshotCipher.withoutKey()).problem()).isEmpty();
    }

    @Test
    void aChangedByteIsFound() throws Exception {
        tamper("UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), 'run4', 'run9') AS BLOB) WHERE seq = 4");

        assertProblem("entry 4: its bytes do not match its leaf hash");
    }

    @Test
    void aWrongLeafIsFound() throws Exception {
        tamper("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 2");

        assertProblem("entry 2: its bytes do not match its leaf hash");
    }

    @Test
    void aRemovedEntryIsFound() throws Exception {
        tamper("DELETE FROM entry WHERE seq = 2");

        assertProblem("entry 2: is missing; the next one found is 3");
    }

    @Test
    void aRemovedLastEntryIsFound() throws Exception {
        tamper("DELETE FROM entry WHERE seq = 5");

        assertProblem("the head row counts 5 entries, and there are 4");
    }

    @Test
    void swappedEntriesAreFound() throws Exception {
        tamper("UPDATE entry SET seq = -1 WHERE seq = 1; UPDATE entry SET seq = 1 WHERE seq = 2;"
                + " UPDATE entry SET seq = 2 WHERE seq = -1");

        assertProblem("entry 1: its bytes say that it is entry 2");
    }

    @Test
    void bytesThatAreNotCanonicalAreFound() throws Exception {
        rewrite(3, entry -> entry.replace("{\"actor\":", "{ \"actor\":"));

        assertProblem("entry 3: its bytes are not canonical");
    }

    @Test
    void bytesOfAnUnknownVersionAreFound() throws Exception {
        rewrite(3, entry -> entry.replace("\"v\":1", "\"v\":2"));

        assertProblem("entry 3: not an entry of version 1");
    }

    @Test
    void aChangedHeadIsFound() throws Exception {
        tamper("UPDATE head SET leaf = zeroblob(32)");

        assertProblem("the head row does not match the last entry, 5");
    }

    @Test
    void aMissingHeadIsFound() throws Exception {
        tamper("DELETE FROM head");

        assertProblem("the head row is missing");
    }

    @Test
    void aChangedSnapshotIsFound() throws Exception {
        tamper("UPDATE snapshot SET ciphertext = ciphertext || x'00'");

        assertThat(verify(CIPHER).problem().orElseThrow())
                .startsWith("entry 3: its snapshot:sha256:")
                .endsWith("was changed");
    }

    @Test
    void aChangedDataKeyIsFound() throws Exception {
        tamper("UPDATE snapshot SET wrappedKey = zeroblob(length(wrappedKey))");

        assertThat(verify(CIPHER).problem().orElseThrow())
                .startsWith("entry 3: its snapshot:sha256:")
                .endsWith("its data key was changed");
    }

    @Test
    void aDataKeyThatIsGoneIsFoundAlsoWithoutTheKey() throws Exception {
        sql("UPDATE snapshot SET wrappedKey = NULL");

        assertThat(verify(CIPHER).problem().orElseThrow())
                .startsWith("entry 3: its snapshot:sha256:")
                .endsWith("has lost its data key: it cannot be put back");
        assertThat(verify(SnapshotCipher.withoutKey()).ok()).isFalse();
    }

    @Test
    void aSnapshotThatNamesAnotherKeyIsFound() throws Exception {
        sql("UPDATE snapshot SET keyId = '0123456789abcdef'");

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file, CIPHER)) {
            assertThat(journal.verify().problem().orElseThrow())
                    .startsWith("entry 3: its snapshot:sha256:")
                    .contains("names the key 0123456789abcdef, not " + CIPHER.keyId());
        }
    }

    @Test
    void snapshotsThatNameDifferentKeysAreFoundWithoutTheKey() throws Exception {
        try (SqlJournal journal = SqlJournal.open(file, CIPHER, Clock.systemUTC())) {
            journal.append(Draft.of(EntryType.OPERATION_INTENT, Actor.DAEMON).snapshot("before", state("b")));
        }
        sql("UPDATE snapshot SET keyId = '0123456789abcdef' WHERE ref = (SELECT max(ref) FROM snapshot)");

        assertThat(verify(SnapshotCipher.withoutKey()).problem().orElseThrow())
                .startsWith("entry 6: its snapshot:sha256:")
                .contains("names the key");
    }

    @Test
    void aMissingSnapshotIsFound() throws Exception {
        tamper("DELETE FROM snapshot");

        assertThat(verify(CIPHER).problem().orElseThrow())
                .startsWith("entry 3: its snapshot:sha256:")
                .endsWith("is missing");
    }

    @Test
    void aChangedDocumentIsFound() throws Exception {
        tamper("UPDATE document SET content = x'00'");

        assertThat(verify(CIPHER).problem().orElseThrow())
                .startsWith("entry 3: its document:sha256:")
                .endsWith("was changed");
    }

    @Test
    void aMissingGuardIsFound() throws Exception {
        tamper("");

        assertProblem("the schema was changed: trigger entry_is_never_changed");
    }

    @Test
    void aColumnThatTellsAnotherStoryIsFound() throws Exception {
        sql("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '$.outcome', '$.action')"
                + " WHERE name = 'entry'; PRAGMA writable_schema = RESET;");

        assertProblem("the schema was changed: table entry");
    }

    @Test
    void anIndexThatMissesAnEntryIsFound() throws Exception {
        sql("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'runId IS NOT NULL', 'runId ="
                + " ''none''') WHERE name = 'entry_by_run'; PRAGMA writable_schema = RESET; REINDEX entry_by_run;");
        sql("PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'runId = ''none''', 'runId IS NOT"
                + " NULL') WHERE name = 'entry_by_run'; PRAGMA writable_schema = RESET;");

        assertThat(verify(CIPHER).problem().orElseThrow())
                .startsWith("the database is damaged:")
                .contains("entry_by_run");
    }

    @Test
    void aDestroyedPageIsFound() throws Exception {
        long page;
        long size;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            page = Sql.number(connection, "SELECT rootpage FROM sqlite_master WHERE name = 'entry'");
            size = Sql.number(connection, "PRAGMA page_size");
        }
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek((page - 1) * size);
            raw.write(new byte[(int) size]);
        }

        assertThat(verify(CIPHER).problem().orElseThrow())
                .startsWith("the database is damaged: nothing can be read after entry 0");
    }

    @Test
    void aTriggerThatSwallowsEntriesIsFoundWhateverItsNameAndNothingIsClaimedToBeRecorded() throws Exception {
        sql("CREATE TRIGGER flyway_x BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END");

        assertProblem("the schema was changed: trigger flyway_x");
        assertNothingIsRecorded();
    }

    @Test
    void snapshotsDocumentsAndHeadAreNotSwallowedEither() throws Exception {
        for (String swallowing : List.of("INSERT ON snapshot", "INSERT ON document", "UPDATE ON head")) {
            sql("CREATE TRIGGER swallow BEFORE " + swallowing + " BEGIN SELECT RAISE(IGNORE); END");

            assertNothingIsRecorded();
            sql("DROP TRIGGER swallow");
        }
    }

    private void assertNothingIsRecorded() {
        try (SqlJournal journal = SqlJournal.open(file, CIPHER, Clock.systemUTC())) {
            Draft draft = Draft.of(EntryType.JOB_PAUSED, Actor.DAEMON)
                    .snapshot("before", state("new"))
                    .document("plan", new byte[] {1});

            assertThatThrownBy(() -> journal.append(draft))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("nothing was recorded")
                    .hasMessageContaining("sweepback audit verify");
            assertThat(journal.read(Query.all())).hasSize(5);
        }
    }

    @Test
    void aTableThatIsGoneIsFound() throws Exception {
        sql("DROP TABLE document");

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file, CIPHER)) {
            assertThat(journal.verify().problem().orElseThrow()).contains("no such table: document");
        }
    }

    @Test
    void aChangedVersionOfTheSchemaIsFound() throws Exception {
        sql("PRAGMA user_version = 0");

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file, CIPHER)) {
            assertThat(journal.verify().problem()).contains("the schema was changed: its version is 0");
        }
    }

    @Test
    void whatIsNoDatabaseAnyMoreIsFound() throws Exception {
        Files.writeString(file, "no database, but long enough to be looked at".repeat(50));

        try (ReadOnlyJournal journal = ReadOnlyJournal.open(file, CIPHER)) {
            assertThat(journal.verify().problem().orElseThrow()).startsWith("the database is damaged: ");
            assertThatThrownBy(() -> journal.read(Query.all()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("restore it from a backup");
        }
    }

    private void assertProblem(String problem) {
        Verification verification = verify(CIPHER);

        assertThat(verification.ok()).isFalse();
        assertThat(verification.problem()).contains(problem);
    }

    private Verification verify(SnapshotCipher cipher) {
        try (SqlJournal journal = SqlJournal.open(file, cipher, Clock.systemUTC())) {
            return journal.verify();
        }
    }

    private void tamper(String sql) throws Exception {
        sql(GUARDS + sql);
    }

    private void sql(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().executeUpdate(sql);
        }
    }

    private void rewrite(long seq, UnaryOperator<String> change) throws Exception {
        sql(GUARDS);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE entry SET bytes = ?, leaf = ? WHERE seq = ?")) {
            byte[] bytes = change.apply(
                            Sql.text(connection, "SELECT CAST(bytes AS TEXT) FROM entry WHERE seq = " + seq))
                    .getBytes(StandardCharsets.UTF_8);
            update.setBytes(1, bytes);
            update.setBytes(2, Entry.leafHash(bytes));
            update.setLong(3, seq);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static State state(String url) {
        return State.of(JsonMapper.shared().createObjectNode().put("url", url));
    }
}
