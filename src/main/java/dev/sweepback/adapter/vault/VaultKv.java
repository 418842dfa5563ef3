package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Permissions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Usage;
import dev.sweepback.connector.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keys of Vault's key/value engines below a path. In version 2 the versions that are live are deleted, by number, and
 * undeleted again; no value is read. Version 1 keeps nothing of what is deleted, so the value is part of the snapshot and
 * written back.
 *
 * <p>Requests go through the pooled client and not through the driver, as numbers would not stay what they are on the way
 * through its own JSON.
 */
public final class VaultKv implements Connector {

    private static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The keys below a path of a key/value engine, folder by folder; of version 2 those of which a version is live. Keys"
                    + " named as hand-overs of Sweepback's, and those that its own connections take their credentials from,"
                    + " are never touched.",
            "Not told.",
            "None: one list per folder, and a read for each key.",
            "None known.",
            "For writes only (cas); a deletion cannot be bound to what was read. Between the re-check and the request lie"
                    + " milliseconds, not nothing.",
            List.of(
                    "Version 2: MOUNT/metadata/PATH/*: read, list; MOUNT/metadata/PATH: list; MOUNT/delete/PATH/* and"
                            + " MOUNT/undelete/PATH/*: update. Nothing on MOUNT/data/ and MOUNT/destroy/.",
                    "Version 1: MOUNT/PATH/*: read, list, create, update, delete."),
            List.of(
                    "In version 2 a removed key keeps its metadata and the deleted versions' values until somebody destroys"
                            + " them.",
                    "Planning reads the values of keys of version 1; they are kept in the encrypted snapshot alone."));

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "vault",
            KvKey.KIND,
            "Vault",
            false,
            ReissueSettings.CONNECTION_KEYS,
            List.of(new Descriptor.Key(
                    KvReader.PATH,
                    Descriptor.Key.Need.REQUIRED,
                    Descriptor.Key.Form.KEY_VALUE_PATH,
                    "",
                    "what the keys are listed below, mount first: secret/up")),
            Set.of(),
            KvKey.FIELDS,
            List.of(
                    new Descriptor.Action(
                            "remove",
                            '-',
                            Reversibility.EXACT,
                            List.of("expiresAt"),
                            "deletes the versions that are live, or in version 1 the key; undo undeletes them, or writes it back")),
            KvKey.BOOKKEEPING,
            false,
            false,
            1,
            1,
            MANUAL);

    private final Parts parts;
    private final Clock clock;
    private final Redaction redaction;
    private final Supplier<List<Connection>> all;

    /** @param all the connections of the settings: what they take their credentials from is never removed */
    public VaultKv(
            HttpClients http,
            Secrets secrets,
            Clock clock,
            Redaction redaction,
            Path home,
            Function<String, Connection> connections,
            Supplier<List<Connection>> all) {
        this.parts = new Parts(http, secrets, clock, home, connections);
        this.clock = clock;
        this.redaction = redaction;
        this.all = all;
    }

    /** What planning may send to a mount. */
    public static ReadList reads(String mount, boolean versioned) {
        return new KvMount(mount, versioned).reads();
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        Map<KvMount, VaultRequests> mounts = new ConcurrentHashMap<>();
        KvApi api = new KvApi(
                connection,
                parts.reading(connection, KvApi.READS).requests(),
                mount -> mounts.computeIfAbsent(
                        mount, known -> parts.reading(connection, known.reads()).requests()));
        return new KvReader(connection, api, resources(connection), clock);
    }

    @Override
    public Writer writer(Connection connection) {
        VaultRequests requests = parts.writing(connection).requests();
        return new KvWriter(
                connection, new KvApi(connection, requests, unused -> requests), resources(connection), clock);
    }

    private KvResources resources(Connection connection) {
        return new KvResources(connection.name(), redaction, all);
    }

    @Override
    public Optional<Permissions> permissions(Connection connection, Usage usage) {
        return Optional.of(parts.permissions(connection, usage));
    }

    @Override
    public void keepAlive(Connection connection) {
        parts.login(connection).keepAlive();
    }

    @Override
    public Reversible reversible(String action, Resource resource, Instructions instructions) {
        boolean ends = resource.fields().containsKey("expiresAt")
                || (resource.fields().get("deleteVersionAfter") instanceof Long seconds && seconds > 0);
        return ends
                ? new Reversible(Reversibility.LOSSY, List.of("expiresAt"))
                : new Reversible(Reversibility.EXACT, List.of());
    }
}
