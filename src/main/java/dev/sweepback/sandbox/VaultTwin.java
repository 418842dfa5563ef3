package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vault 1.8 as recorded, with a database engine at {@code database}, KV version 2 at {@code secret}, version 1 at
 * {@code kv1}, and AppRole. Leases and tokens end by the clock. Safe for use from several threads.
 */
public final class VaultTwin implements AutoCloseable {

    private final Object lock = new Object();
    private final VaultStore store;
    private final VaultTokens tokens;
    private final VaultLeases leases;
    private final VaultDatabase database;
    private final VaultAppRole appRole;
    private final VaultKv kv;
    private final VaultKvV1 kvV1 = new VaultKvV1();
    private final VaultPolicies policies = new VaultPolicies();
    private final VaultWrapping wrapping;
    private final VaultSystem system;
    private final VaultToken root;
    private final Routes routes = new Routes();
    private final TwinServer server;

    VaultTwin(Clock clock, int port) {
        store = new VaultStore(clock);
        tokens = new VaultTokens(store);
        leases = new VaultLeases(store);
        database = new VaultDatabase(store, tokens);
        appRole = new VaultAppRole(store);
        kv = new VaultKv(store);
        wrapping = new VaultWrapping(store);
        system = new VaultSystem(clock);
        root = new VaultToken("s.sandboxRootToken00000000", store.random(24), "auth/token/root", clock.instant());
        root.policies = List.of("root");
        root.displayName = "root";
        root.orphan = true;
        root.renewable = false;
        store.add(root);
        routeTokens();
        routeLeases();
        routeSecrets();
        server = new TwinServer(port, this::answer);
        server.start();
    }

    private void routeTokens() {
        String token = "/v1/auth/token";
        routes.on("LIST", token + "/accessors", tokens::list)
                .on("GET", token + "/lookup-self", tokens::lookupSelf)
                .on("POST", token + "/lookup", tokens::lookup)
                .on("POST", token + "/lookup-accessor", tokens::lookupAccessor)
                .on("POST", token + "/revoke-accessor", tokens::revokeAccessor)
                .on("POST", token + "/revoke-self", tokens::revokeSelf)
                .on("POST", token + "/revoke", tokens::revoke)
                .on("POST", token + "/revoke-orphan", tokens::revokeOrphan)
                .on("POST", token + "/renew-self", tokens::renewSelf)
                .on("POST", token + "/create", tokens::create)
                .on("POST", token + "/create/{role}", tokens::createThroughRole)
                .on("POST", "/v1/sys/wrapping/wrap", wrapping::wrap)
                .on("POST", "/v1/sys/wrapping/lookup", wrapping::lookup)
                .on("POST", "/v1/sys/wrapping/unwrap", wrapping::unwrap)
                .on(
                        "POST",
                        "/v1/sys/capabilities-self",
                        call -> policies.capabilities(tokens.caller(call.request()), call.body()));
        appRole.route(routes);
    }

    private void routeLeases() {
        String path = "/v1/sys/leases";
        routes.on("LIST", path + "/lookup/{prefix...}", leases::list)
                .on("POST", path + "/lookup", leases::lookup)
                .on("POST", path + "/renew", leases::renew)
                .on("POST", path + "/revoke", leases::revoke)
                .on("POST", path + "/revoke-prefix/{prefix...}", leases::revokePrefix)
                .on("POST", path + "/revoke-force/{prefix...}", leases::revokeForce)
                .on("GET", "/v1/database/creds/{role}", database::issue);
    }

    private void routeSecrets() {
        routes.on("GET", "/v1/sys/internal/ui/mounts/{path...}", system::mount)
                .on("GET", "/v1/secret/data/{path...}", kv::read)
                .on("POST", "/v1/secret/data/{path...}", kv::write)
                .on("DELETE", "/v1/secret/data/{path...}", kv::deleteLatest)
                .on("POST", "/v1/secret/delete/{path...}", kv::delete)
                .on("POST", "/v1/secret/undelete/{path...}", kv::undelete)
                .on("POST", "/v1/secret/destroy/{path...}", kv::destroy)
                .on("GET", "/v1/secret/metadata/{path...}", kv::metadata)
                .on("POST", "/v1/secret/metadata/{path...}", kv::configure)
                .on("DELETE", "/v1/secret/metadata/{path...}", kv::forget)
                .on("LIST", "/v1/secret/metadata/{path...}", kv::list)
                .on("GET", "/v1/secret/{path...}", call -> wrongPath("get"))
                .on("POST", "/v1/secret/{path...}", call -> wrongPath("put"))
                .on("DELETE", "/v1/secret/{path...}", call -> wrongPath("delete"))
                .on("LIST", "/v1/secret/{path...}", call -> wrongPath("list"))
                .on("GET", "/v1/kv1/{path...}", kvV1::read)
                .on("POST", "/v1/kv1/{path...}", kvV1::write)
                .on("DELETE", "/v1/kv1/{path...}", kvV1::delete)
                .on("LIST", "/v1/kv1/{path...}", kvV1::list);
    }

    public URI url() {
        return server.url();
    }

    /** The root token. */
    public String token() {
        return root.id;
    }

    public String rootAccessor() {
        return root.accessor;
    }

    public Faults faults() {
        return server.faults();
    }

    public Traffic traffic() {
        return server.traffic();
    }

    /** Adds a role of the database engine. */
    public void databaseRole(String name, Duration ttl, Duration maxTtl) {
        synchronized (lock) {
            database.role(name, ttl, maxTtl);
        }
    }

    /** Adds a token role; {@code orphan} lets what is created through it outlive its creator. */
    public void tokenRole(String name, List<String> allowedPolicies, boolean orphan) {
        synchronized (lock) {
            tokens.role(name, new VaultTokens.Role(List.copyOf(allowedPolicies), orphan, Duration.ZERO, Duration.ZERO));
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
            policies.put(name, denied, wrappedOnly);
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
                    tokens.build(parent, "auth/token/create", description, Json.strings(description.path("policies")));
            token.orphan = Json.flag(description, "no_parent", false);
            token.parent = token.orphan ? null : parent.accessor;
            store.add(token);
            return new IssuedToken(token.id, token.accessor);
        }
    }

    /** Issues a lease of a database role, now, through the root token; returns its id. */
    public String issueLease(String role) {
        return issueLease(role, rootAccessor(), store.now());
    }

    public String issueLease(String role, String issuerAccessor, Instant at) {
        synchronized (lock) {
            return database.issue(role, requireToken(issuerAccessor), at).id;
        }
    }

    public void renewLease(String id, Duration increment) {
        synchronized (lock) {
            leases.renew(requireLease(id), increment);
        }
    }

    public void revokeLease(String id) {
        synchronized (lock) {
            store.drop(requireLease(id));
        }
    }

    public void revokeToken(String accessor) {
        synchronized (lock) {
            store.revoke(requireToken(accessor));
        }
    }

    public boolean leaseIsLive(String id) {
        synchronized (lock) {
            store.expire();
            return store.lease(id).isPresent();
        }
    }

    public boolean tokenIsLive(String accessor) {
        synchronized (lock) {
            store.expire();
            return store.token(accessor).isPresent();
        }
    }

    /** Live leases of a database role, without wrapping tokens. */
    public List<String> leasesOf(String role) {
        synchronized (lock) {
            store.expire();
            return store.leasesBelow("database/creds/" + role + "/").stream()
                    .filter(lease -> lease.token == null)
                    .map(lease -> lease.id)
                    .toList();
        }
    }

    /** Lets every revocation of the role's leases fail with this text; {@code {username}} is filled in. */
    public void failRevocations(String role, String reason) {
        synchronized (lock) {
            store.failRevocations(role, reason);
        }
    }

    public void healRevocations(String role) {
        synchronized (lock) {
            store.healRevocations(role);
        }
    }

    /** While the database is down, leases can neither be issued nor revoked. */
    public void databaseDown(boolean down) {
        synchronized (lock) {
            store.databaseDown(down);
        }
    }

    public void seal() {
        become(VaultSystem.Mode.SEALED);
    }

    public void unseal() {
        become(VaultSystem.Mode.ACTIVE);
    }

    public void standBy() {
        become(VaultSystem.Mode.STANDBY);
    }

    public void loseActiveNode() {
        become(VaultSystem.Mode.NO_ACTIVE_NODE);
    }

    public void uninitialise() {
        become(VaultSystem.Mode.UNINITIALISED);
    }

    private void become(VaultSystem.Mode mode) {
        synchronized (lock) {
            system.become(mode);
        }
    }

    /** Adds an AppRole; returns its role id. */
    public String appRole(String name, List<String> tokenPolicies) {
        synchronized (lock) {
            return appRole.role(name, tokenPolicies);
        }
    }

    /**
     * Adds an AppRole whose tokens end; returns its role id.
     *
     * @param longest what a renewal never goes beyond
     */
    public String appRole(String name, List<String> tokenPolicies, Duration ttl, Duration longest) {
        synchronized (lock) {
            return appRole.role(name, tokenPolicies, ttl, longest);
        }
    }

    /** Adds a secret-id to an AppRole. */
    public SecretId addSecretId(String role, Map<String, String> metadata) {
        synchronized (lock) {
            return appRole.add(role, metadata);
        }
    }

    /** Writes a version of a KV version 2 entry, path without mount. */
    public void writeSecret(String path, JsonNode data) {
        synchronized (lock) {
            kv.write(path, data);
        }
    }

    /** The newest value of a KV version 2 entry that is not deleted. */
    public Optional<ObjectNode> secret(String path) {
        synchronized (lock) {
            return Optional.ofNullable(kv.value(path));
        }
    }

    /** Writes a KV version 1 entry, path without mount. */
    public void writeSecretV1(String path, ObjectNode data) {
        synchronized (lock) {
            kvV1.write(path, data);
        }
    }

    /**
     * Each {@code lease:ID}, {@code token:ACCESSOR}, {@code secret-id:ACCESSOR} and {@code kv:MOUNT/PATH}; the leases
     * under which tokens are kept are left out. What the server writes itself is under {@code bookkeeping}.
     */
    public ObjectNode dump() {
        synchronized (lock) {
            store.expire();
            ObjectNode dump = Json.object();
            store.leases().stream()
                    .filter(lease -> lease.token == null)
                    .forEach(lease -> dump.set("lease:" + lease.id, lease.dump()));
            store.tokens().forEach(token -> dump.set("token:" + token.accessor, token.dump()));
            appRole.dump(dump);
            kv.dump(dump);
            kvV1.dump(dump);
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private VaultLease requireLease(String id) {
        return store.lease(id).orElseThrow(() -> new IllegalArgumentException("no lease " + id));
    }

    private VaultToken requireToken(String accessor) {
        return store.token(accessor).orElseThrow(() -> new IllegalArgumentException("no token " + accessor));
    }

    private TwinResponse answer(TwinRequest sent) {
        synchronized (lock) {
            try {
                store.expire();
                TwinRequest request = normalised(sent);
                return wrapping.wrapIfAsked(request, carryOut(request));
            } catch (Refused refused) {
                return refused.response();
            } catch (JacksonException e) {
                return VaultAnswers.error(400, "error parsing JSON").response();
            }
        }
    }

    /** PUT is POST, and a GET with {@code list=true} is a LIST. */
    private static TwinRequest normalised(TwinRequest sent) {
        String method = sent.method();
        if (method.equals("PUT")) {
            method = "POST";
        } else if (method.equals("GET") && sent.query("list", "").equals("true")) {
            method = "LIST";
        }
        return new TwinRequest(method, sent.path(), sent.query(), sent.headers(), sent.body());
    }

    private TwinResponse carryOut(TwinRequest request) {
        if (request.path().equals("/v1/sys/health")) {
            return system.health();
        }
        if (request.path().equals("/v1/sys/seal-status")) {
            return system.sealStatus();
        }
        system.requireServing();
        String path = request.path().replaceFirst("^/v1/", "");
        boolean login = path.equals("auth/approle/login");
        if (login || path.startsWith("sys/wrapping/")) {
            return route(request, path);
        }
        VaultToken caller = authorize(request, path);
        TwinResponse response = route(request, path);
        countUse(caller);
        return response;
    }

    private TwinResponse route(TwinRequest request, String path) {
        if (request.method().equals("POST") && path.endsWith("/")) {
            throw VaultAnswers.error(400, "cannot write to a path ending in '/'");
        }
        return routes.answer(request).orElseThrow(() -> VaultAnswers.error(404, "no handler for route '" + path + "'"));
    }

    /** The last use ends the token, and what it issued with it. */
    private void countUse(VaultToken caller) {
        if (caller.uses > 0) {
            caller.uses--;
            if (caller.uses == 0) {
                store.revoke(caller);
            }
        }
    }

    private VaultToken authorize(TwinRequest request, String path) {
        if (request.header("x-vault-token").isEmpty()) {
            throw VaultAnswers.error(400, "missing client token");
        }
        VaultToken caller = tokens.caller(request);
        if (policies.denies(caller, path, !request.header("x-vault-wrap-ttl").isEmpty())) {
            throw VaultAnswers.denied();
        }
        if (caller.policies.contains("response-wrapping")) {
            throw VaultAnswers.denied();
        }
        return caller;
    }

    private static TwinResponse wrongPath(String command) {
        ObjectNode envelope = VaultAnswers.envelope();
        envelope.putArray("warnings")
                .add("Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API"
                        + " endpoints to use. If using the Vault CLI, use 'vault kv " + command
                        + "' for this operation.");
        return VaultAnswers.plain(404, envelope);
    }
}
