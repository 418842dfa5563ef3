package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Usage;
import java.util.ArrayList;
import java.util.List;

/** What a token needs for itself; Vault's policy {@code default} has most of it, where the token has that. */
final class LoginPermissions {

    private LoginPermissions() {}

    static List<Permission> of(Connection connection, Usage usage) {
        List<Permission> permissions = new ArrayList<>();
        permissions.add(Permission.of("its own token: which it is", "auth/token/lookup-self", "read"));
        boolean appRole = AuthKeys.usesAppRole(connection);
        if (appRole || connection.secret(AuthKeys.TOKEN).isPresent()) {
            permissions.add(Permission.of("its own token: renew", "auth/token/renew-self", "update"));
        }
        if (appRole) {
            permissions.add(Permission.of("its own token: revoke at the end", "auth/token/revoke-self", "update"));
        }
        if (appRole && usage.works().stream().anyMatch(work -> work.kind().equals("secret-id"))) {
            permissions.add(Permission.of(
                    "its own secret-id: which it is, so that it is never destroyed",
                    "auth/" + AuthKeys.mount(connection) + "/role/+/secret-id/lookup",
                    "update"));
        }
        permissions.add(Permission.of("what it may do", "sys/capabilities-self", "update"));
        return permissions;
    }
}
