package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.List;

/** The parts of a Vault, mounted where {@link VaultTwin} says. */
final class VaultEngines {

    final VaultStore store;
    final VaultTokens tokens;
    final VaultLeases leases;
    final VaultDatabase database;
    final VaultAppRole appRole;
    final VaultUserpass userpass;
    final VaultKv kv;
    final VaultKvV1 kvV1 = new VaultKvV1();
    final VaultPolicies policies = new VaultPolicies();
    final VaultWrapping wrapping;
    final VaultSystem system;
    final VaultToken root;

    VaultEngines(Clock clock) {
        store = new VaultStore(clock);
        tokens = new VaultTokens(store);
        leases = new VaultLeases(store);
        database = new VaultDatabase(store, tokens);
        VaultLogins logins = new VaultLogins(store);
        appRole = new VaultAppRole(store, logins);
        userpass = new VaultUserpass(logins);
        kv = new VaultKv(store);
        wrapping = new VaultWrapping(store);
        system = new VaultSystem(clock);
        root = new VaultToken("s.sandboxRootToken00000000", store.random(24), "auth/token/root", clock.instant());
        root.policies = List.of("root");
        root.displayName = "root";
        root.orphan = true;
        root.renewable = false;
        store.add(root);
    }
}
