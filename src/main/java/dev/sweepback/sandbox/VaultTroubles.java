package dev.sweepback.sandbox;

/** What can go wrong with a Vault, besides the network: its database, and the state that the server is in. */
public final class VaultTroubles {

    private final VaultEngines engines;
    private final Object lock;

    VaultTroubles(VaultEngines engines, Object lock) {
        this.engines = engines;
        this.lock = lock;
    }

    /** Lets every revocation of the role's leases fail with this text; {@code {username}} is filled in. */
    public void failRevocations(String role, String reason) {
        synchronized (lock) {
            engines.store.failRevocations(role, reason);
        }
    }

    public void healRevocations(String role) {
        synchronized (lock) {
            engines.store.healRevocations(role);
        }
    }

    /** While the database is down, leases can neither be issued nor revoked. */
    public void databaseDown(boolean down) {
        synchronized (lock) {
            engines.store.databaseDown(down);
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
            engines.system.become(mode);
        }
    }
}
