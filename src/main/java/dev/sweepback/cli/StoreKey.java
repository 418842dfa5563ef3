package dev.sweepback.cli;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.journal.JournalException;
import dev.sweepback.store.KeyFile;
import dev.sweepback.store.SnapshotCipher;
import dev.sweepback.store.SqlJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The key of a home's store: in a file, which is made with the store, or a secret from elsewhere.
 *
 * @param key as the settings name it
 */
record StoreKey(SecretRef key, Path home, Path database, Secrets secrets) {

    /**
     * For whoever may record something; made if there is none yet.
     *
     * @throws JournalException if its file cannot be used
     * @throws ConnectorException if it is a secret that cannot be resolved
     */
    SnapshotCipher toWrite() {
        return key instanceof SecretRef.File file ? KeyFile.forStore(home.resolve(file.path()), database) : resolved();
    }

    /** For whoever only looks: none is made, and without one it goes on, with a warning of what cannot be done then. */
    SnapshotCipher toRead(Consumer<String> warn) {
        if (isToBeMade()) {
            return SnapshotCipher.withoutKey();
        }
        try {
            return key instanceof SecretRef.File file ? KeyFile.read(home.resolve(file.path())) : resolved();
        } catch (JournalException | ConnectorException e) {
            warn.accept("warning: " + e.getMessage());
            warn.accept(
                    "warning: reading goes on without the store's key, but no snapshot can be looked into, and nothing"
                            + " can be removed or undone until the key is back: restore it from your copy, as store.key names it ("
                            + key + ")");
            return SnapshotCipher.withoutKey();
        }
    }

    /** Whether the first that records something would make it: there is no snapshot that misses it. */
    private boolean isToBeMade() {
        try {
            return key instanceof SecretRef.File file
                    && !Files.exists(home.resolve(file.path()))
                    && !SqlJournal.holdsSnapshots(database);
        } catch (JournalException damaged) {
            return false;
        }
    }

    private SnapshotCipher resolved() {
        return KeyFile.fromText(secrets.resolve(key).reveal(), key.toString());
    }
}
