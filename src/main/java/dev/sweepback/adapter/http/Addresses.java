package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** Where a request goes: always to the connection's own origin. */
final class Addresses {

    private Addresses() {}

    static void requireUsable(Connection connection) {
        URI url = connection.url();
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if ((!scheme.equals("https") && !scheme.equals("http")) || url.getHost() == null) {
            throw refused(
                    connection,
                    "its url is not an http or https address",
                    "write it as https://host or https://host/path");
        }
        if (url.getRawUserInfo() != null) {
            throw refused(
                    connection,
                    "its url holds a user name or password",
                    "take it out of the url and refer to the credential by env:, file: or vault:");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw refused(connection, "its url holds a query or a fragment", "leave only scheme, host, port and path");
        }
        if (connection.proxy().isPresent()) {
            requireFitForProxy(connection, scheme, url.getHost());
        }
    }

    private static void requireFitForProxy(Connection connection, String scheme, String host) {
        if (!scheme.equals("https")) {
            throw refused(
                    connection, "its proxy would carry what is not encrypted", "use an https url, or remove the proxy");
        }
        try {
            GuardedDnsResolver.requireHarmless(host);
        } catch (UnknownHostException e) {
            throw refused(
                    connection,
                    host + " leads to a link-local or metadata address, or to none; nothing was sent",
                    "set the connection's url to the system's real address");
        }
    }

    /** What users write can become a part of a path: it must not lead to another one. */
    static void requireStraight(Connection connection, Request request) {
        Optional<String> straying = request.strayingSegment();
        if (straying.isPresent()) {
            throw refused(
                    connection,
                    request + " was not sent: '" + straying.get() + "' cannot be a part of its path",
                    "correct the name, id or prefix that it was made from");
        }
    }

    static URI target(Connection connection, Request request) {
        requireStraight(connection, request);
        if (request.address().isPresent()) {
            URI address = request.address().get();
            if (!sameOrigin(connection.url(), address)) {
                throw new ConnectorException(
                        Kind.MALFORMED,
                        connection.name(),
                        "it gave a link that leads to another origin; the link was not followed",
                        "check the connection's url, and any proxy in between");
            }
            return address;
        }
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        return URI.create(origin(connection.url()) + basePath(connection.url()) + request.path() + query);
    }

    static String basePath(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static boolean sameOrigin(URI left, URI right) {
        return right.getHost() != null
                && right.getRawUserInfo() == null
                && left.getScheme().equalsIgnoreCase(right.getScheme())
                && left.getHost().equalsIgnoreCase(right.getHost())
                && port(left) == port(right);
    }

    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static ConnectorException refused(Connection connection, String what, String remedy) {
        return new ConnectorException(Kind.REJECTED, connection.name(), what, remedy);
    }
}
