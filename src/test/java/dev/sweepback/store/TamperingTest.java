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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Every byte that tells of entry 2 is changed in the file itself, as somebody would who knows where it is. */
final class TamperingTest {

    private static final SnapshotCipher CIPHER = new SnapshotCipher(new byte[32]);
    private static final String PROBLEM = "entry 2: ";

    @TempDir
    Path folder = Path.of("");

    private Path file = folder;
    private byte[] whole = {};
    private String reference = "";

    @BeforeEach
    void threeEntries() throws Exception {
        file = folder.resolve("sweepback.db");
        try (SqlJournal journal = SqlJournal.open(file, CIPHER, Clock.systemUTC())) {
            Draft draft = Draft.of(EntryType.OPERATION_INTENT, Actor.DAEMON);
            journal.append(draft.run(new RunId("run1")));
            Entry entry = journal.append(draft.run(new RunId("run2"))
                    .snapshot(
                            "before",
                            State.of(JsonMapper.shared().createObjectNode().put("url", "https://example.com")))
                    .document("plan", "a plan of some length".getBytes(StandardCharsets.UTF_8)));
            journal.append(draft.run(new RunId("run3")));
            reference = entry.data("before").orElseThrow();
        }
        whole = Files.readAllBytes(file);
    }

    @Test
    void anyChangedByteOfAnEntryIsFoundAndNamed() throws Exception {
        eachChanged("SELECT bytes FROM entry WHERE seq = ?", 2);
    }

    @Test
    void anyChangedByteOfALeafHashIsFoundAndNamed() throws Exception {
        eachChanged("SELECT leaf FROM entry WHERE seq = ?", 2);
    }

    @Test
    void anyChangedByteOfASnapshotIsFoundAndNamed() throws Exception {
        eachChanged("SELECT ciphertext FROM snapshot WHERE ref = ?", reference);
    }

    @Test
    void anyChangedByteOfADataKeyIsFoundAndNamed() throws Exception {
        eachChanged("SELECT wrappedKey FROM snapshot WHERE ref = ?", reference);
    }

    @Test
    void anyChangedByteOfAKeyIdIsFoundAndNamed() throws Exception {
        eachChanged("SELECT keyId FROM snapshot WHERE ref = ?", reference);
    }

    @Test
    void anyChangedByteOfADocumentIsFoundAndNamed() throws Exception {
        eachChanged("SELECT content FROM document WHERE content <> ?", "");
    }

    /** Damage anywhere else is found too, or harms nothing; it never stops the verification from answering. */
    @Test
    void aChangedByteAnywhereIsAnswered() throws Exception {
        for (int place = 0; place < whole.length; place += 331) {
            change(place);

            assertThat(verify().entries()).as("byte " + place).isBetween(0L, 3L);
        }
    }

    @Test
    void whoReadsAChangedEntryIsToldWhichAndWhatToDo() throws Exception {
        int start = find(stored("SELECT bytes FROM entry WHERE seq = ?", 2));
        change(start);

        try (ReadOnlyJournal journal = open()) {
            assertThatThrownBy(() -> journal.read(Query.all()))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("entry 2")
                    .hasMessageContaining("sweepback audit verify");
        }
    }

    private void eachChanged(String select, Object key) throws Exception {
        byte[] stored = stored(select, key);
        int start = find(stored);
        for (int index = 0; index < stored.length; index++) {
            change(start + index);

            Verification verification = verify();

            assertThat(verification.ok()).as("byte " + index).isFalse();
            assertThat(verification.problem().orElseThrow()).as("byte " + index).startsWith(PROBLEM);
        }
    }

    private byte[] stored(String select, Object key) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setObject(1, key);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBytes(1);
            }
        }
    }

    private int find(byte[] part) {
        String all = new String(whole, StandardCharsets.ISO_8859_1);
        int found = all.indexOf(new String(part, StandardCharsets.ISO_8859_1));
        assertThat(found).isPositive();
        return found;
    }

    /** One bit, another one at each place. */
    private void change(int place) throws Exception {
        byte[] changed = whole.clone();
        changed[place] ^= (byte) (1 << (place % 8));
        Files.write(file, changed);
    }

    private Verification verify() {
        try (ReadOnlyJournal journal = open()) {
            return journal.verify();
        }
    }

    private ReadOnlyJournal open() {
        return ReadOnlyJournal.open(file, CIPHER);
    }
}
