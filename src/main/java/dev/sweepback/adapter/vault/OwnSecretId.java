package dev.sweepback.adapter.vault;

import java.util.Optional;
import java.util.Set;

/**
 * What a connection lives by: secret-ids of one AppRole.
 *
 * @param connection its name
 * @param mount where AppRole is mounted, below {@code auth/}
 * @param accessors of its secret-ids; empty if they cannot be told, and then it may be any of the role's
 */
record OwnSecretId(String connection, String mount, String role, Optional<Set<String>> accessors) {

    OwnSecretId {
        accessors = accessors.map(Set::copyOf);
    }

    /** Why a secret-id is not touched; empty if this is no reason. */
    Optional<String> reason(String ofMount, String ofRole, String accessor) {
        if (!new AppRoleName(mount, role).equals(new AppRoleName(ofMount, ofRole))) {
            return Optional.empty();
        }
        if (accessors.isEmpty()) {
            return Optional.of("Sweepback's connection '" + connection + "' lives by a secret-id of this role, and"
                    + " which one it is cannot be told: let its Vault policy update auth/" + mount + "/role/" + role
                    + "/secret-id/lookup, or use another role");
        }
        return accessors.get().contains(accessor)
                ? Optional.of("Sweepback's own connection '" + connection + "' logs in with it")
                : Optional.empty();
    }
}
