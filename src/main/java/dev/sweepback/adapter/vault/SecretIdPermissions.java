package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Usage;
import java.util.ArrayList;
import java.util.List;

/** What kind {@code secret-id} needs: of the step's role alone, and of undo only what the step's own way takes. */
final class SecretIdPermissions {

    private SecretIdPermissions() {}

    static List<Permission> of(Connection connection, Usage.Work work) {
        AppRoleName role = AppRoleName.of(work.instructions().scope(), connection.name());
        String base = "auth/" + role.mount() + "/role/" + role.name() + "/";
        List<Permission> permissions = new ArrayList<>();
        permissions.add(Permission.of("secret-ids: list", base + "secret-id", "list"));
        permissions.add(Permission.of("secret-ids: look up", base + "secret-id-accessor/lookup", "update"));
        permissions.add(Permission.of("secret-ids: destroy one", base + "secret-id-accessor/destroy", "update"));
        if (work.instructions().secretRef().isPresent()) {
            permissions.add(Permission.of("secret-ids: is it that of secretRef", base + "secret-id/lookup", "update"));
            permissions.add(Permission.of("undo: the old secret-id", base + "custom-secret-id", "update"));
        } else {
            permissions.add(Permission.of("undo: another secret-id", base + "secret-id", "update"));
        }
        return permissions;
    }
}
