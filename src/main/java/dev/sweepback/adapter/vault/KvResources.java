package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Use;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keys as resources. */
final class KvResources {

    private final String connection;
    private final Redaction redaction;
    private final Supplier<List<Connection>> all;

    /** @param all the connections of the settings: what they refer to is never removed */
    KvResources(String connection, Redaction redaction, Supplier<List<Connection>> all) {
        this.connection = connection;
        this.redaction = redaction;
        this.all = all;
    }

    Resource of(KvKey key, Instant now) {
        String path = key.path().toString();
        return new Resource(
                new ResourceRef(KvKey.KIND, connection, path),
                path,
                List.of(path),
                key.fields(now),
                key.fingerprint(redaction),
                new Use.NotTold(),
                untouchable(key.path()));
    }

    /** Why Sweepback never removes this key. */
    Optional<String> untouchable(KvPath path) {
        if (path.namedAsHandover()) {
            return Optional.of("named as a hand-over of Sweepback's: it may hold a credential that somebody has yet to"
                    + " unwrap");
        }
        return all.get().stream()
                .filter(user -> user.secrets().values().stream().anyMatch(secret -> leadsTo(secret, path)))
                .findFirst()
                .map(user -> "Sweepback's connection '" + user.name() + "' takes its credential from it");
    }

    /** Whichever connection it names: two may lead to the same Vault. */
    private static boolean leadsTo(SecretRef secret, KvPath path) {
        return secret instanceof SecretRef.Vault vault
                && vault.path().replaceAll("^/+|/+$", "").equals(path.toString());
    }
}
