package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vault 1.8 as recorded, with a database engine at {@code database}, KV version 2 at {@code secret}, version 1 at
 * {@code kv1}, AppRole, and logins by name. Leases and tokens end by the clock. Safe for use from several threads.
 */
public final class VaultTwin implements Twin {

    private final Object lock = new Object();
    private final VaultEngines engines;
    private final VaultTroubles troubles;
    private final AppRoles appRoles;
    private final TwinServer server;

    VaultTwin(Clock clock, int port) {
        engines = new VaultEngines(clock);
        troubles = new VaultTroubles(engines, lock);
        appRoles = new AppRoles(engines.appRole, lock);
        VaultRequests requests = new VaultRequests(engines);
        server = new TwinServer(port, request -> {
            synchronized (lock) {
                return requests.answer(request);
            }
        });
        server.start();
    }

    @Override
    public URI url() {
        return server.url();
    }

    /** The root token. */
    @Override
    public String token() {
        return engines.root.id;
    }

    public String rootAccessor() {
        return engines.root.accessor;
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    /** What can go wrong with it, besides the network. */
    public VaultTroubles troubles() {
        return troubles;
    }

    /** Its AppRoles and their secret-ids, as people keep them. */
    public AppRoles appRoles() {
        return appRoles;
    }

    /** Adds a role of the database engine. */
    public void databaseRole(String name, Duration ttl, Duration maxTtl) {
        synchronized (lock) {
            engines.database.role(name, ttl, maxTtl);
        }
    }

    /** Adds a token role; {@code orphan} lets what is created through it outlive its creator. */
    public void tokenRole(String name, List<String> allowedPolicies, boolean orphan) {
        ObjectNode settings = Json.object().put("orphan", orphan);
        tokenRole(name, settings.set("allowed_policies", Json.array(allowedPolicies)));
    }

    /** Adds a token role as {@code auth/token/roles/NAME} is written. */
    public void tokenRole(String name, JsonNode settings) {
        synchronized (lock) {
            engines.tokens.role(name, VaultTokens.Role.of(settings));
        }
    }

    /**
     * Defines what tokens with this policy may not do.
     *
     * @param denied prefixes of paths without {@code /v1/}
     * @param wrappedOnly prefixes of paths that answer only with response wrapping
     */
    public void policy(String name, List<String> denied, List<String> wrappedOnly) {
        synchronized (lock) {
            engines.policies.put(name, denied, wrappedOnly);
        }
    }

    /** Writes a policy in the server's own language; tokens that have one may do what it allows and nothing else. */
    public void policy(String name, String text) {
        synchronized (lock) {
            engines.policies.write(name, text);
        }
    }

    /** A token, as whoever holds it knows it. */
    public record IssuedToken(String id, String accessor) {
        @Override
        public String toString() {
            return "token " + accessor;
        }
    }

    /** Creates a token as the parent does, with the body of {@code auth/token/create}; {@code no_parent} makes an orphan. */
    public IssuedToken createToken(JsonNode description) {
        return createToken(rootAccessor(), description);
    }

    public IssuedToken createToken(String parentAccessor, JsonNode description) {
        synchronized (lock) {
            VaultToken parent = requireToken(parentAccessor);
            VaultToken token =
                    engines.tokens.build("auth/token/create", description, Json.strings(description.path("policies")));
            token.orphan = Json.flag(description, "no_parent", false);
            token.parent = token.orphan ? null : parent.accessor;
            engines.store.add(token);
            return new IssuedToken(token.id, token.accessor);
        }
    }

    /** Issues a lease of a database role, now, through the root token; returns its id. */
    public String issueLease(String role) {
        return issueLease(role, rootAccessor(), engines.store.now());
    }

    public String issueLease(String role, String issuerAccessor, Instant at) {
        synchronized (lock) {
            return engines.database.issue(role, requireToken(issuerAccessor), at).id;
        }
    }

    /** A lease of a certificate, which cannot be renewed; returns its id. */
    public String issueCertificate(String role, Duration ttl) {
        synchronized (lock) {
            VaultLease lease = engines.store.issue("pki/issue/" + role, engines.root, ttl, ttl, engines.store.now());
            lease.renewable = false;
            return lease.id;
        }
    }

    public void renewLease(String id, Duration increment) {
        synchronized (lock) {
            engines.leases.renew(requireLease(id), increment);
        }
    }

    public void revokeLease(String id) {
        synchronized (lock) {
            engines.store.drop(requireLease(id));
        }
    }

    public void revokeToken(String accessor) {
        synchronized (lock) {
            engines.store.revoke(requireToken(accessor));
        }
    }

    public boolean leaseIsLive(String id) {
        synchronized (lock) {
            engines.store.expire();
            return engines.store.lease(id).isPresent();
        }
    }

    public boolean tokenIsLive(String accessor) {
        synchronized (lock) {
            engines.store.expire();
            return engines.store.token(accessor).isPresent();
        }
    }

    /** Live leases of a database role, without wrapping tokens. */
    public List<String> leasesOf(String role) {
        synchronized (lock) {
            engines.store.expire();
            return engines.store.leasesBelow("database/creds/" + role + "/").stream()
                    .filter(lease -> lease.token == null)
                    .map(lease -> lease.id)
                    .toList();
        }
    }

    /** Adds somebody who logs in by name and password. */
    public void user(String name, String password, List<String> policies) {
        synchronized (lock) {
            engines.userpass.user(name, password, policies);
        }
    }

    /** Writes a version of a KV version 2 entry, path without mount. */
    public void writeSecret(String path, JsonNode data) {
        synchronized (lock) {
            engines.kv.write(path, data);
        }
    }

    /** The newest value of a KV version 2 entry that is not deleted. */
    public Optional<ObjectNode> secret(String path) {
        synchronized (lock) {
            return Optional.ofNullable(engines.kv.value(path));
        }
    }

    /** Writes a KV version 1 entry, path without mount. */
    public void writeSecretV1(String path, ObjectNode data) {
        synchronized (lock) {
            engines.kvV1.write(path, data);
        }
    }

    /**
     * Each {@code lease:ID}, {@code token:ACCESSOR}, {@code secret-id:ACCESSOR} and {@code kv:MOUNT/PATH}; the leases
     * under which tokens are kept are left out. What the server writes itself is under {@code bookkeeping}.
     */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            engines.store.expire();
            ObjectNode dump = Json.object();
            engines.store.leases().stream()
                    .filter(lease -> lease.token == null)
                    .forEach(lease -> dump.set("lease:" + lease.id, lease.dump()));
            engines.store.tokens().forEach(token -> dump.set("token:" + token.accessor, token.dump()));
            engines.appRole.dump(dump);
            engines.kv.dump(dump);
            engines.kvV1.dump(dump);
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private VaultLease requireLease(String id) {
        return engines.store.lease(id).orElseThrow(() -> new IllegalArgumentException("no lease " + id));
    }

    private VaultToken requireToken(String accessor) {
        return engines.store.token(accessor).orElseThrow(() -> new IllegalArgumentException("no token " + accessor));
    }
}
