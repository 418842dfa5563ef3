package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Permissions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Usage;
import dev.sweepback.connector.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Leases of Vault, removed by revoking one at a time: a prefix would take unopened hand-overs along. Vault answers a
 * revocation of what does not exist as any other, so only the look-ups before and after prove anything.
 *
 * <p>Undo issues an equivalent one by reading the lease's path again, under an orphan token that is made for this one lease
 * and carries the reverting operation in its meta. What an interrupted undo issued and never handed over is revoked with
 * that token, by its accessor, and nothing else with it; lists of leases before and after are not compared, as they cannot
 * tell one's own lease from somebody else's. A reissued lease ends with its token at the latest, which lives as long as
 * the original was issued and renewed for.
 */
public final class VaultLeases implements Connector {

    /** What planning may send; Vault looks things up by PUT and POST. */
    public static final ReadList READS = VaultApi.READS;

    private static final List<String> LOST = List.of("id", "credential", "issuedAt", "expiresAt", "lastRenewedAt");

    private static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The leases below a prefix, read level by level. Leases of tokens (below auth/) and unopened hand-overs are never"
                    + " touched.",
            "lastRenewedAt if it was renewed, else not told.",
            "None: one list per level.",
            "None known.",
            "No. Between the re-check and the request lie milliseconds, not nothing.",
            List.of("See the Vault policy that doctor prints."),
            List.of("Each lease is revoked by itself, synchronously; a prefix never is."));

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "vault",
            Lease.KIND,
            "Vault",
            false,
            ReissueSettings.CONNECTION_KEYS,
            List.of(new Descriptor.Key(
                    "prefix", true, false, "what the leases are listed below, for example database/creds/ROLE")),
            Set.of(),
            Lease.FIELDS,
            List.of(new Descriptor.Action(
                    "revoke", '-', Reversibility.REISSUE, LOST, "revokes the lease and with it the credential")),
            List.of(),
            false,
            false,
            1,
            1,
            MANUAL);

    private final Parts parts;

    /**
     * @param home where credentials are handed over that no step names a place for
     * @param connections the connection of a name, for hand-overs
     */
    public VaultLeases(
            HttpClients http, Secrets secrets, Clock clock, Path home, Function<String, Connection> connections) {
        this.parts = new Parts(http, secrets, clock, home, connections);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        return new LeaseReader(
                connection, parts.reading(connection), parts.handovers(connection), parts.issued(connection));
    }

    @Override
    public Writer writer(Connection connection) {
        VaultApi api = parts.writing(connection);
        return new LeaseWriter(connection, api, parts.reissuer(connection, api));
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
        boolean readable = Lease.readable(Lease.path(resource.ref().id()));
        return ReissueSettings.reversible(
                resource,
                LOST,
                readable
                        ? ReissueSettings.NO_ROLE
                        : "what issued it may not issue another by being read: only MOUNT/creds/ROLE is known to");
    }
}
