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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Service tokens of Vault by their accessors; batch tokens have none and are not seen. The tokens that Sweepback itself uses,
 * root tokens and wrapping tokens are listed as untouchable; all tokens are, where one that Sweepback uses is no orphan,
 * because any could be its parent. Those that are no orphans need the step's word that they may take others along, and what
 * went along with any is recorded.
 *
 * <p>Undo issues an equivalent token through the connection's token role, with the reverting operation in its meta, by which
 * one that was never handed over is found and revoked. Its value, accessor and path are new. A period and bound addresses
 * come from the role: Vault gives a period only to those with sudo.
 */
public final class VaultTokens implements Connector {

    /** What planning may send; Vault looks things up by PUT and POST. */
    public static final ReadList READS = VaultApi.READS;

    /** What goes along is looked for once per batch, so it is large; and found for all of it, so not too large. */
    private static final int BATCH = 50;

    private static final List<String> LOST = List.of("value", "accessor", "path", "issuedAt", "expiresAt");

    private static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "Service tokens, by accessor. Batch tokens have none and are not seen. Sweepback's own, root and wrapping tokens are"
                    + " never touched.",
            "lastRenewedAt if it was renewed, else not told.",
            "None: one list of accessors, and a look-up for each.",
            "None known.",
            "No. Between the re-check and the request lie milliseconds, not nothing.",
            List.of("See the Vault policy that doctor prints."),
            List.of(
                    "Revoking a token revokes its child tokens that are no orphans and every lease it issued. Vault lists"
                            + " neither: what lived before a batch and not after it is recorded as taken along, whatever"
                            + " the reason.",
                    "A token that is no orphan is revoked only if the step says 'collateral: accept'.",
                    "Leases are compared as far as the Vault policy lets sys/leases/lookup/ and the folders below it be"
                            + " listed (list, sudo)."));

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "vault",
            Token.KIND,
            "Vault",
            false,
            ReissueSettings.CONNECTION_KEYS,
            List.of(),
            Set.of(),
            Token.FIELDS,
            List.of(new Descriptor.Action(
                    "revoke", '-', Reversibility.REISSUE, LOST, "revokes the token by its accessor")),
            List.of(),
            false,
            true,
            BATCH,
            BATCH,
            MANUAL);

    private final Parts parts;
    private final Supplier<List<Connection>> all;

    /**
     * @param home where tokens are handed over that no step names a place for
     * @param connections the connection of a name, for hand-overs
     * @param all the connections of the settings: the tokens that they use are never revoked
     */
    public VaultTokens(
            HttpClients http,
            Secrets secrets,
            Clock clock,
            Path home,
            Function<String, Connection> connections,
            Supplier<List<Connection>> all) {
        this.parts = new Parts(http, secrets, clock, home, connections);
        this.all = all;
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        VaultApi api = parts.reading(connection);
        return new TokenReader(
                connection, api, parts.handovers(connection), own(connection, api), parts.issued(connection));
    }

    @Override
    public Writer writer(Connection connection) {
        VaultApi api = parts.writing(connection);
        return new TokenWriter(connection, api, parts.reissuer(connection, api), own(connection, api));
    }

    private OwnTokens own(Connection connection, VaultApi api) {
        return new OwnTokens(connection, api, all, parts::reading);
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
        List<String> lost = new ArrayList<>(LOST);
        if (resource.fields().containsKey("entityId")) {
            lost.add("entityId");
        }
        if (resource.fields().containsKey("role")) {
            lost.add("role");
        }
        if (resource.fields().get("boundCidrs") instanceof List<?> bound && !bound.isEmpty()) {
            lost.add("boundCidrs");
        }
        if (resource.fields().get("period") instanceof Long period && period > 0) {
            lost.add("period");
        }
        if (Boolean.FALSE.equals(resource.fields().get("orphan"))) {
            lost.add("orphan");
        }
        return ReissueSettings.reversible(resource, lost, ReissueSettings.NO_ROLE);
    }
}
