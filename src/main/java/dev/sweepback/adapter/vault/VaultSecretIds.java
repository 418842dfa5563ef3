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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Secret-ids of one AppRole by their accessors. Vault never shows a secret-id, so undo puts the old one back only where the
 * step refers to its value; else it issues another one of the role, wrapped, and leaves it at the hand-over. Both carry the
 * reverting operation in their metadata.
 *
 * <p>Tokens that were issued with a secret-id outlive it (recording {@code approle-token-survives-secret-id-destroy-200}).
 */
public final class VaultSecretIds implements Connector {

    private static final List<String> LOST =
            List.of("value", "accessor", "issuedAt", "expiresAt", "lastUpdatedAt", "numUses");
    private static final List<String> LOST_BUT_VALUE = LOST.subList(1, LOST.size());

    private static final Descriptor.Manual MANUAL = new Descriptor.Manual(
            "The secret-ids of one AppRole, by accessor. Those that Sweepback's own connections log in with are never touched.",
            "lastUpdatedAt, where the uses are counted and it was used; else not told.",
            "None: one list of accessors, and a look-up for each.",
            "None known.",
            "No. Between the re-check and the request lie milliseconds, not nothing.",
            List.of(
                    "auth/MOUNT/role/ROLE/secret-id: list; update for undo, wrapped. In a Vault policy with + for the role"
                            + " the path of a list needs a slash at its end.",
                    "auth/MOUNT/role/ROLE/secret-id-accessor/lookup and …/destroy: update.",
                    "For a step with secretRef: auth/MOUNT/role/ROLE/secret-id/lookup and …/custom-secret-id: update.",
                    "The hand-over's path: create, update, read."),
            List.of(
                    "Tokens that were issued with a secret-id stay valid: revoke them too, with the kind token.",
                    "Vault 1.8 takes life and number of uses from the role, whatever undo asks for.",
                    "Of a step with secretRef exactly one secret-id can be revoked: the one of that value."));

    private static final Descriptor DESCRIPTOR = new Descriptor(
            "vault",
            SecretId.KIND,
            "Vault",
            false,
            ReissueSettings.CONNECTION_KEYS,
            List.of(
                    new Descriptor.Key(AppRoleName.ROLE, true, false, "the AppRole, for example dten-migrator"),
                    new Descriptor.Key(
                            AppRoleName.MOUNT,
                            false,
                            false,
                            "where AppRole is mounted, below auth/; approle unless told")),
            Set.of("secretRef", "handover"),
            SecretId.FIELDS,
            List.of(new Descriptor.Action(
                    "revoke",
                    '-',
                    Reversibility.LOSSY,
                    LOST,
                    "destroys the secret-id by its accessor; tokens that were issued with it stay")),
            SecretId.BOOKKEEPING,
            false,
            false,
            1,
            1,
            MANUAL);

    private final Parts parts;
    private final Secrets secrets;
    private final Clock clock;
    private final Supplier<List<Connection>> all;
    private final Map<Connection, IssuedSecretIds> issued = new ConcurrentHashMap<>();

    /**
     * @param home where secret-ids are handed over that no step names a place for
     * @param connections the connection of a name, for hand-overs
     * @param all the connections of the settings: the secret-ids that they log in with are never revoked
     */
    public VaultSecretIds(
            HttpClients http,
            Secrets secrets,
            Clock clock,
            Path home,
            Function<String, Connection> connections,
            Supplier<List<Connection>> all) {
        this.parts = new Parts(http, secrets, clock, home, connections);
        this.secrets = secrets;
        this.clock = clock;
        this.all = all;
    }

    /** What planning may send about roles of this mount; Vault looks things up by POST. */
    public static ReadList reads(String mount) {
        return AppRoleApi.reads(mount);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Reader reader(Connection connection) {
        Map<String, VaultRequests> byMount = new ConcurrentHashMap<>();
        AppRoleApi api = new AppRoleApi(
                connection.name(),
                role -> byMount.computeIfAbsent(
                        role.mount(),
                        mount -> parts.reading(connection, reads(mount)).requests()));
        return new SecretIdReader(connection, api, secrets, parts.handovers(connection), issued(connection), this::own);
    }

    @Override
    public Writer writer(Connection connection) {
        VaultRequests requests = parts.writing(connection).requests();
        AppRoleApi api = new AppRoleApi(connection.name(), unused -> requests);
        SecretIdReissuer reissuer = new SecretIdReissuer(
                connection.name(),
                api,
                secrets,
                parts.leavingHandovers(connection),
                ReissueSettings.of(connection).handoverTtl(),
                clock,
                issued(connection));
        return new SecretIdWriter(connection, api, secrets, reissuer, this::own);
    }

    private IssuedSecretIds issued(Connection connection) {
        return issued.computeIfAbsent(connection, unused -> new IssuedSecretIds());
    }

    /** As it is now: a login can give a connection another secret-id at any time. */
    private OwnSecretIds.Known own() {
        return parts.ownSecretIds(all).get();
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
        return instructions.secretRef().isPresent()
                ? new Reversible(Reversibility.LOSSY, LOST_BUT_VALUE)
                : new Reversible(Reversibility.REISSUE, LOST);
    }
}
