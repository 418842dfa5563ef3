package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import org.jspecify.annotations.Nullable;

/** A connection's secret, resolved when it is first needed and then kept. */
public final class Credential {

    private final Connection connection;
    private final String key;
    private final Secrets secrets;
    private @Nullable Secret secret;

    /** @param key the connection key that refers to it: {@code token} */
    public Credential(Connection connection, String key, Secrets secrets) {
        this.connection = connection;
        this.key = key;
        this.secrets = secrets;
    }

    /**
     * @throws ConnectorException of kind {@link Kind#SECRET} if there is none, or it cannot be sent; of another kind if its
     *     system is throttled or unreachable
     */
    public synchronized Secret get() {
        Secret known = secret;
        if (known == null) {
            SecretRef reference = connection
                    .secret(key)
                    .orElseThrow(() -> failure("it has no " + key, "add the key '" + key + "' to the connection"));
            known = secrets.resolve(reference);
            String value = known.reveal();
            if (value.isBlank() || value.chars().anyMatch(c -> c < ' ' || c > 126)) {
                throw failure(
                        "the secret that " + reference
                                + " refers to is empty or holds characters that no header can carry",
                        "store the bare token, without line breaks");
            }
            secret = known;
        }
        return known;
    }

    private ConnectorException failure(String what, String remedy) {
        return new ConnectorException(Kind.SECRET, connection.name(), what, remedy);
    }
}
