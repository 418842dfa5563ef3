package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a connection says about logging in: exactly one way, and the namespace. */
final class AuthKeys {

    static final String TYPE = "vault";
    static final String TOKEN = "auth.token";
    static final String TOKEN_FILE = "auth.tokenFile";
    static final String ROLE_ID = "auth.appRole.roleId";
    static final String SECRET_ID = "auth.appRole.secretId";
    static final String MOUNT = "auth.appRole.mount";
    static final String NAMESPACE = "namespace";

    private static final String LOGIN = "how to log in";
    private static final String USUAL_MOUNT = "approle";

    /** The keys of every connection of this type. */
    static final List<Descriptor.Key> KEYS = List.of(
            Descriptor.Key.oneOf(
                    LOGIN,
                    TOKEN,
                    Descriptor.Key.Form.SECRET,
                    "a Vault token, by reference; Sweepback renews it if it can be renewed"),
            Descriptor.Key.oneOf(
                    LOGIN,
                    TOKEN_FILE,
                    Descriptor.Key.Form.FILE,
                    "a file with a token that an agent renews and writes anew"),
            new Descriptor.Key(ROLE_ID, true, true, "the AppRole's role id, by reference"),
            new Descriptor.Key(SECRET_ID, true, true, "a secret-id of the AppRole, by reference"),
            new Descriptor.Key(MOUNT, false, false, "where AppRole is mounted; approle without it"),
            new Descriptor.Key(
                    NAMESPACE, false, false, "the namespace of Vault Enterprise or OpenBao; the root one without it"));

    private AuthKeys() {}

    /** How the connection logs in. The settings name one way; where none is left, the first one says what is missing. */
    static LoginMethod method(Connection connection, LoginRequests requests, Secrets secrets) {
        if (usesAppRole(connection)) {
            return new AppRole(connection, requests, secrets);
        }
        return connection
                .option(TOKEN_FILE)
                .<LoginMethod>map(file -> new TokenFile(Path.of(file), requests, secrets))
                .orElseGet(() -> new TokenReference(connection, requests, secrets));
    }

    static boolean usesAppRole(Connection connection) {
        return connection.secret(ROLE_ID).isPresent();
    }

    /** Where AppRole is mounted, below {@code auth/}. */
    static String mount(Connection connection) {
        return connection
                .option(MOUNT)
                .map(AuthKeys::bare)
                .filter(mount -> !mount.isEmpty())
                .orElse(USUAL_MOUNT);
    }

    /** OpenBao does not find a namespace that is written with a slash at its end. */
    static Optional<String> namespace(Connection connection) {
        Optional<String> namespace = connection.option(NAMESPACE).map(AuthKeys::bare);
        if (namespace.isPresent() && !namespace.get().matches("[\\x21-\\x7E]+")) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    connection.name(),
                    "its namespace is empty or holds characters that no header can carry",
                    "write it as Vault lists it, such as team-a or team-a/dten");
        }
        return namespace;
    }

    private static String bare(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
