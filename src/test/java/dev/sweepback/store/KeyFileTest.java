package dev.sweepback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFileTest {

    @TempDir
    Path folder = Path.of("");

    private Path key = folder;
    private Path database = folder;

    @BeforeEach
    void paths() {
        key = folder.resolve("home/sweepback.key");
        database = folder.resolve("home/sweepback.db");
    }

    @Test
    void aNewKeyIsForItsOwnerAloneAndReadBack() throws Exception {
        SnapshotCipher created = KeyFile.create(key);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
                .isEqualTo("rwx------");
        assertThat(KeyFile.read(key).keyId()).isEqualTo(created.keyId());
        assertThat(Files.readString(key)).matches("[A-Za-z0-9+/]{43}=\n");
        try (Stream<Path> files = Files.list(key.getParent())) {
            assertThat(files).containsExactly(key);
        }
    }

    @Test
    void aKeyIsNeverOverwritten() throws Exception {
        KeyFile.create(key);
        String before = Files.readString(key);

        assertThatThrownBy(() -> KeyFile.create(key))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("never overwritten");

        assertThat(Files.readString(key)).isEqualTo(before);
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        KeyFile.create(key);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> KeyFile.read(key))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void whatIsNoKeyIsRefusedAndNotShown() {
        String tooShort = Base64.getEncoder().encodeToString("hunter2".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> KeyFile.fromText("hunter2!", "SWEEPBACK_KEY"))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("SWEEPBACK_KEY")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        assertThatThrownBy(() -> KeyFile.fromText(tooShort, "SWEEPBACK_KEY"))
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining(tooShort);
        assertThatThrownBy(() -> KeyFile.read(key)).hasMessageContaining("is missing");
    }

    @Test
    void aFreshStoreGetsAKeyAndAStoreWithSnapshotsNeverAnother() throws Exception {
        SnapshotCipher first = KeyFile.forStore(key, database);
        try (SqlJournal journal = SqlJournal.open(database, first, Clock.systemUTC())) {
            journal.append(Draft.of(EntryType.JOB_ENABLED, Actor.DAEMON));
        }
        assertThat(KeyFile.forStore(key, database).keyId()).isEqualTo(first.keyId());
        Files.delete(key);
        SnapshotCipher second = KeyFile.forStore(key, database);
        try (SqlJournal journal = SqlJournal.open(database, second, Clock.systemUTC())) {
            journal.append(Draft.of(EntryType.OPERATION_INTENT, Actor.DAEMON).snapshot("before", State.ABSENT));
        }
        Files.delete(key);

        assertThatThrownBy(() -> KeyFile.forStore(key, database))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(key.toString())
                .hasMessageContaining("missing");
        assertThat(key).doesNotExist();
        assertThatThrownBy(() -> SqlJournal.open(database, KeyFile.create(key), Clock.systemUTC()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(second.keyId())
                .hasMessageContaining("give the store's key");
    }
}
