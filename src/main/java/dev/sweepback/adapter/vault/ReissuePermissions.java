package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What undo needs to issue again: through one token role, wrapped, and to find and revoke what it left half done. */
final class ReissuePermissions {

    private ReissuePermissions() {}

    static List<Permission> of(Connection connection) {
        ReissueSettings settings = ReissueSettings.of(connection);
        Optional<String> role = settings.role();
        if (role.isEmpty()) {
            return List.of();
        }
        List<Permission> permissions =
                new ArrayList<>(TokenPermissions.byAccessor("undo, for what it issued and nobody got"));
        Duration longest = settings.handoverTtl().compareTo(Reissuer.UNWRAP_NOW) > 0
                ? settings.handoverTtl()
                : Reissuer.UNWRAP_NOW;
        Duration shortest = settings.handoverTtl().compareTo(Reissuer.UNWRAP_NOW) < 0
                ? settings.handoverTtl()
                : Reissuer.UNWRAP_NOW;
        permissions.add(Permission.of(
                        "undo: tokens through this role only, and only wrapped",
                        "auth/token/create/" + role.get(),
                        "update")
                .wrapped(shortest, longest));
        return permissions;
    }
}
