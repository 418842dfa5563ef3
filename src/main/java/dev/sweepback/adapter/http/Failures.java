package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** What to say when no whole answer came. The text of the underlying error is left out: it may quote an address. */
final class Failures {

    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        private final int limit;

        TooLarge(int limit) {
            this.limit = limit;
        }
    }

    /** The proxy did not lead to the system. */
    static final class NoTunnel extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        NoTunnel(int status) {
            this.status = status;
        }
    }

    private Failures() {}

    static ConnectorException of(Connection connection, Request request, Exception cause, boolean expired) {
        if (expired) {
            return timeout(
                    connection,
                    request + " was not answered within "
                            + waited(connection.timeouts().whole()) + " and was broken off");
        }
        if (cause instanceof ConnectionRequestTimeoutException) {
            return timeout(
                    connection,
                    request + " found no free connection within "
                            + waited(connection.timeouts().whole()) + "; it was not sent");
        }
        if (cause instanceof ConnectTimeoutException) {
            return timeout(
                    connection,
                    firstHost(connection) + " did not take the connection within "
                            + waited(connection.timeouts().connect()) + "; nothing was sent");
        }
        if (cause instanceof SocketTimeoutException) {
            return timeout(
                    connection,
                    request + " was not answered: nothing came for "
                            + waited(connection.timeouts().response()));
        }
        if (cause instanceof SSLException) {
            return TlsFailures.of(connection, cause);
        }
        if (cause instanceof NoTunnel refused) {
            return noTunnel(connection, refused.status);
        }
        return connecting(connection, cause).orElseGet(() -> reading(connection, request, cause));
    }

    /** Nothing was sent yet. */
    private static Optional<ConnectorException> connecting(Connection connection, Exception cause) {
        String host = firstHost(connection);
        if (cause instanceof GuardedDnsResolver.RefusedAddress) {
            return Optional.of(failure(
                    Kind.REJECTED,
                    connection,
                    host + " leads to a link-local or metadata address; nothing was sent",
                    "set the connection's url to the system's real address"));
        }
        if (cause instanceof UnknownHostException) {
            return Optional.of(
                    unreachable(connection, "the name of " + host + " cannot be resolved; nothing was sent"));
        }
        return cause instanceof ConnectException
                ? Optional.of(unreachable(connection, host + " refuses the connection; nothing was sent"))
                : Optional.empty();
    }

    private static ConnectorException reading(Connection connection, Request request, Exception cause) {
        if (cause instanceof TooLarge large) {
            return malformed(
                    connection, request + " was answered with more than " + large.limit / (1024 * 1024) + " MiB");
        }
        if (cause instanceof ClientProtocolException || cause instanceof ZipException) {
            return malformed(connection, request + " was not answered in proper HTTP");
        }
        return unreachable(connection, "the connection broke during " + request);
    }

    /** The host and port that a socket is opened to. */
    private static String firstHost(Connection connection) {
        return connection
                .proxy()
                .map(proxy -> "the proxy " + place(proxy.url()))
                .orElseGet(() -> place(connection.url()));
    }

    private static String place(URI url) {
        return url.getHost() + ":" + Addresses.port(url);
    }

    private static String waited(Duration duration) {
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }

    private static ConnectorException noTunnel(Connection connection, int status) {
        String what = firstHost(connection) + " does not lead to "
                + connection.url().getHost() + " but answers with " + status + "; nothing was sent";
        return status == 407
                ? failure(
                        Kind.UNAUTHENTICATED,
                        connection,
                        what,
                        "give the connection's proxy the user and password that it asks for")
                : unreachable(connection, what);
    }

    private static ConnectorException timeout(Connection connection, String what) {
        return new ConnectorException(
                Kind.TIMEOUT,
                connection.name(),
                what,
                "check that the system is up and not overloaded, or raise the connection's timeouts");
    }

    private static ConnectorException unreachable(Connection connection, String what) {
        return new ConnectorException(
                Kind.UNREACHABLE,
                connection.name(),
                what,
                "check the connection's url and proxy, and that the system is up and can be reached from here");
    }

    private static ConnectorException malformed(Connection connection, String what) {
        return failure(
                Kind.MALFORMED,
                connection,
                what,
                "check that the connection's url leads to the system itself and not to a proxy or login page");
    }

    private static ConnectorException failure(Kind kind, Connection connection, String what, String remedy) {
        return new ConnectorException(kind, connection.name(), what, remedy);
    }
}
