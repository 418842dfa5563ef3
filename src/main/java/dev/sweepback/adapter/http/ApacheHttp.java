package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.SendWindow;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;

/**
 * One pooled client of one connection. No retries, no redirects, no cookies, and no proxy but the connection's: what is asked is
 * what is sent. It reads no environment variables and no system properties.
 */
final class ApacheHttp implements Http {

    static final int BODY_LIMIT = 16 * 1024 * 1024;
    /** Below a second, so that a connection the system closed while idle is noticed before a request is put on it. */
    private static final TimeValue IDLE_CHECK = TimeValue.ofMilliseconds(500);

    private final Connection connection;
    private final ScheduledExecutorService deadlines;
    private final int bodyLimit;
    private final CloseableHttpClient client;

    /**
     * @param secrets for the proxy's password, resolved when the proxy asks for it
     * @param bodyLimit in bytes
     */
    ApacheHttp(Connection connection, ScheduledExecutorService deadlines, Secrets secrets, int bodyLimit) {
        this.connection = connection;
        this.deadlines = deadlines;
        this.bodyLimit = bodyLimit;
        this.client = client(connection, secrets);
    }

    private static CloseableHttpClient client(Connection connection, Secrets secrets) {
        Connection.Timeouts timeouts = connection.timeouts();
        int connections = connection.concurrency() + 1;
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedDnsResolver())
                        .setTlsSocketStrategy(Tls.of(connection))
                        .setMaxConnPerRoute(connections)
                        .setMaxConnTotal(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout(timeouts.connect()))
                                .setSocketTimeout(timeout(timeouts.response()))
                                .setValidateAfterInactivity(IDLE_CHECK)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(timeouts.whole()))
                        .setResponseTimeout(timeout(timeouts.response()))
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(connection.proxy().isPresent())
                        .setTargetPreferredAuthSchemes(List.of())
                        .setProxyPreferredAuthSchemes(List.of(StandardAuthScheme.BASIC))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setRoutePlanner(Proxies.route(connection))
                .setDefaultCredentialsProvider(Proxies.credentials(connection, secrets))
                .setUserAgent("sweepback")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }

    @Override
    public Response send(Request request) {
        if (!SendWindow.allows(connection.timeouts().whole())) {
            throw new ConnectorException(
                    ConnectorException.Kind.REJECTED,
                    connection.name(),
                    request + " was not sent: the time for its operation is over",
                    "see why the system answers so slowly, then run the job again");
        }
        URI target = Addresses.target(connection, request);
        HttpUriRequestBase message = message(request, target);
        AtomicBoolean expired = new AtomicBoolean();
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    expired.set(true);
                    message.abort();
                },
                connection.timeouts().whole().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            HttpClientContext context = HttpClientContext.create();
            return client.execute(message, context, answer -> {
                requireFromSystem(answer, context);
                return read(answer);
            });
        } catch (IOException | IllegalStateException e) {
            throw Failures.of(connection, request, e, expired.get());
        } finally {
            deadline.cancel(false);
        }
    }

    /** The library passes a proxy's refusal to lead to the system off as the answer of the system; but TLS began nowhere then. */
    private void requireFromSystem(ClassicHttpResponse answer, HttpClientContext context) throws IOException {
        if (connection.proxy().isPresent() && context.getSSLSession() == null) {
            throw new Failures.NoTunnel(answer.getCode());
        }
    }

    private static HttpUriRequestBase message(Request request, URI target) {
        HttpUriRequestBase message = new HttpUriRequestBase(request.method(), target);
        message.setHeader("Accept", "application/json");
        request.headers().forEach(message::setHeader);
        request.body().ifPresent(body -> message.setEntity(entity(body)));
        return message;
    }

    /** Bytes go as they are: some systems keep values that are no JSON. */
    private static HttpEntity entity(JsonNode body) {
        return body instanceof BinaryNode bytes
                ? new ByteArrayEntity(bytes.binaryValue(), ContentType.APPLICATION_OCTET_STREAM)
                : new ByteArrayEntity(body.toString().getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON);
    }

    private Response read(ClassicHttpResponse answer) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : answer.getHeaders()) {
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    header.getValue() == null ? "" : header.getValue(),
                    (left, right) -> left + ", " + right);
        }
        return new Response(answer.getCode(), headers, body(answer.getEntity()));
    }

    private String body(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            byte[] bytes = content.readNBytes(bodyLimit + 1);
            if (bytes.length > bodyLimit) {
                throw new Failures.TooLarge(bodyLimit);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    void close(CloseMode mode) {
        client.close(mode);
    }
}
