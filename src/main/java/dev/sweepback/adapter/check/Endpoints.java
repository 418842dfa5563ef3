package dev.sweepback.adapter.check;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.SendWindow;
import dev.sweepback.job.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks over HTTP, through the one client. */
final class Endpoints {

    private static final int CONCURRENCY = 8;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    /** Nobody waits longer than that for a system that takes no more requests. */
    private static final Duration WAIT = Duration.ofSeconds(3);

    private final HttpClients http;
    private final Secrets secrets;

    Endpoints(HttpClients http, Secrets secrets) {
        this.http = http;
        this.secrets = secrets;
    }

    /**
     * @param below what follows the endpoint's path; may be empty
     * @throws ConnectorException if there is no whole answer
     */
    Answered get(Endpoint endpoint, String below, Map<String, String> query, Duration timeout) {
        Hidden hidden = new Hidden();
        Request request = Request.get(path(endpoint.url(), below));
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            request = request.query(parameter.getKey(), parameter.getValue());
        }
        for (Endpoint.Header header : endpoint.headers()) {
            Secret secret = secrets.resolve(header.secret());
            hidden.add(secret);
            request = request.header(header.name(), value(header, secret));
        }
        Request complete = request;
        return new Answered(
                SendWindow.within(
                        timeout.plus(WAIT),
                        () -> http.asking(connection(endpoint, timeout)).send(complete)),
                hidden);
    }

    private static String value(Endpoint.Header header, Secret secret) {
        String value = secret.reveal();
        if (value.isBlank() || value.chars().anyMatch(c -> c < ' ' || c > 126)) {
            throw ConnectorException.secret(
                    header.secret(),
                    "it is empty or holds characters that no header can carry",
                    "store the bare token, without line breaks");
        }
        return header.scheme().isEmpty() ? value : header.scheme() + " " + value;
    }

    private static String path(URI url, String below) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return below.isEmpty() ? path : path.replaceAll("/$", "") + below;
    }

    private static Connection connection(Endpoint endpoint, Duration timeout) {
        URI url = endpoint.url();
        String place = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        return new Connection(
                place,
                "check",
                "",
                URI.create(url.getScheme() + "://" + place),
                Map.of(),
                Map.of(),
                CONCURRENCY,
                new Connection.Timeouts(
                        timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT, timeout, timeout),
                Optional.empty(),
                endpoint.caFile(),
                Optional.empty());
    }
}
