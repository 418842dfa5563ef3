package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Scope;
import java.util.Locale;

/**
 * One AppRole. Vault writes its name in small letters, whatever is asked for, so {@code Dten} and {@code dten} are one role and
 * a secret-id has one address. Mounts and namespaces are told apart by case.
 *
 * @param mount where the method is mounted, below {@code auth/}
 */
record AppRoleName(String mount, String name) {

    static final String ROLE = "role";
    static final String MOUNT = "mount";

    private static final String USUAL_MOUNT = "approle";

    AppRoleName {
        name = name.toLowerCase(Locale.ROOT);
    }

    /** @throws ConnectorException if the scope names none */
    static AppRoleName of(Scope scope, String connection) {
        String name = bare(scope.get(ROLE).orElse(""));
        if (name.isEmpty() || name.contains("/")) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    connection,
                    "secret-ids are listed for one role, and '" + name + "' is none",
                    "set select.role to the name of an AppRole; where it is mounted is select.mount");
        }
        String mount = bare(scope.get(MOUNT).orElse(USUAL_MOUNT)).replaceFirst("^auth/", "");
        return new AppRoleName(mount.isEmpty() ? USUAL_MOUNT : mount, name);
    }

    private static String bare(String text) {
        return text.replaceAll("^/+|/+$", "");
    }

    @Override
    public String toString() {
        return mount + "/" + name;
    }
}
