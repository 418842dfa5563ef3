package dev.sweepback.connector;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Where in a Vault tests may do what they like. It should be a quiet one with few tokens: all of them are listed and counted. What
 * the environment does not name is made, under names that begin with
 * {@code sweepback-test-}, and removed on closing.
 *
 * <ul>
 *   <li>{@code VAULT_ADDR}, {@code VAULT_TOKEN}: the Vault, and an orphan token that may do everything in it
 *   <li>{@code SWEEPBACK_TEST_KV2}, {@code SWEEPBACK_TEST_KV1}: mounts of key/value engines
 *   <li>{@code SWEEPBACK_TEST_APPROLE}: MOUNT/ROLE of an AppRole
 *   <li>{@code SWEEPBACK_TEST_LEASES}: MOUNT/creds/ROLE of an engine that issues leases. None can be made here, as each needs
 *       a system behind it
 *   <li>{@code SWEEPBACK_TEST_TOKEN_ROLE}: an orphan token role whose tokens may read that
 * </ul>
 */
final class VaultPlaces implements AutoCloseable {

    static final String TOKEN_POLICY = "sweepback-test-empty";

    private final Map<String, String> environment;
    private final VaultByHand vault;
    private final String prefix =
            "sweepback-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Deque<String> made = new ArrayDeque<>();
    private int counter;

    private VaultPlaces(Map<String, String> environment, VaultByHand vault) {
        this.environment = environment;
        this.vault = vault;
    }

    /** Empty if the environment names no Vault. */
    static Optional<VaultPlaces> of(Map<String, String> environment) {
        Optional<String> url = Optional.ofNullable(environment.get("VAULT_ADDR"));
        Optional<String> token = Optional.ofNullable(environment.get("VAULT_TOKEN"));
        return url.flatMap(address ->
                token.map(secret -> new VaultPlaces(environment, new VaultByHand(URI.create(address), secret))));
    }

    VaultByHand vault() {
        return vault;
    }

    /** A name that nothing else has. */
    synchronized String name() {
        return prefix + "-" + ++counter;
    }

    /** What the environment names, or what is made for all tests. */
    private String named(String variable, Supplier<String> otherwise) {
        return known.computeIfAbsent(
                variable, name -> Optional.ofNullable(environment.get(name)).orElseGet(otherwise));
    }

    String mount(boolean versioned) {
        return named(versioned ? "SWEEPBACK_TEST_KV2" : "SWEEPBACK_TEST_KV1", () -> {
            String mount = name();
            vault.write("sys/mounts/" + mount, "{'type':'kv','options':{'version':'" + (versioned ? 2 : 1) + "'}}");
            made.push("sys/mounts/" + mount);
            return mount;
        });
    }

    /** MOUNT/ROLE. */
    String appRole() {
        return named("SWEEPBACK_TEST_APPROLE", () -> {
            String mount = name();
            vault.write("sys/auth/" + mount, "{'type':'approle'}");
            made.push("sys/auth/" + mount);
            vault.write("auth/" + mount + "/role/dten", "{'secret_id_ttl':'24h','token_policies':['default']}");
            return mount + "/dten";
        });
    }

    Optional<String> leases() {
        return Optional.ofNullable(environment.get("SWEEPBACK_TEST_LEASES"));
    }

    /** An orphan token role that may issue tokens with {@link #TOKEN_POLICY}, and leases where there are any. */
    String tokenRole() {
        return named("SWEEPBACK_TEST_TOKEN_ROLE", () -> {
            String role = name();
            String policy = leases().map(path -> "path \\\"" + path + "\\\" { capabilities = [\\\"read\\\"] }")
                    .orElse("path \\\"" + role + "\\\" { capabilities = [\\\"read\\\"] }");
            vault.write("sys/policies/acl/" + TOKEN_POLICY, "{'policy':'" + policy + "'}");
            made.push("sys/policies/acl/" + TOKEN_POLICY);
            vault.write("auth/token/roles/" + role, "{'orphan':true,'allowed_policies':'" + TOKEN_POLICY + "'}");
            made.push("auth/token/roles/" + role);
            return role;
        });
    }

    @Override
    public void close() {
        while (!made.isEmpty()) {
            vault.remove(made.pop());
        }
    }
}
