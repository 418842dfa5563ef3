package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Usage;
import java.util.List;
import java.util.stream.Stream;

/** What kind {@code token} needs. A Vault policy cannot say which tokens may be revoked: the steps do. */
final class TokenPermissions {

    private TokenPermissions() {}

    static List<Permission> of(Connection connection, Usage.Work work) {
        return Stream.concat(byAccessor("kind token").stream(), ReissuePermissions.of(connection).stream())
                .toList();
    }

    static List<Permission> byAccessor(String what) {
        return List.of(
                Permission.of(what + ": list tokens, which needs sudo", "auth/token/accessors", "list", "sudo"),
                Permission.of(what + ": look them up", "auth/token/lookup-accessor", "update"),
                Permission.of(what + ": revoke them", "auth/token/revoke-accessor", "update"));
    }
}
