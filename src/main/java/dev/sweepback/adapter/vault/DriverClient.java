package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The driver's client for one request, which leads into the connection's pooled one: so the driver's requests keep to the same
 * send window, times, body limit and read list as all others. Headers and body are the driver's; the address is ours, as the
 * driver decodes what is encoded. It keeps the answer, or why there is none, because the driver's own exceptions quote whole
 * answers.
 */
final class DriverClient extends HttpClient {

    private final Http http;
    private final Request asked;
    private @Nullable Response answer;
    private @Nullable ConnectorException failure;

    /** @param asked what the driver is called for: its method and path are what is sent */
    DriverClient(Http http, Request asked) {
        this.http = http;
        this.asked = asked;
    }

    /**
     * The answer, whatever its status; empty if nothing was sent.
     *
     * @throws ConnectorException if no whole answer came
     */
    Optional<Response> answer() {
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(answer);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            Response response = http.send(complete(request));
            answer = response;
            return DriverAnswer.of(request, response, handler);
        } catch (ConnectorException e) {
            failure = e;
            throw new IOException("no answer", e);
        }
    }

    private Request complete(HttpRequest request) {
        Request complete = body(request).map(asked::body).orElse(asked);
        for (Map.Entry<String, List<String>> header : request.headers().map().entrySet()) {
            complete = complete.header(header.getKey(), String.join(",", header.getValue()));
        }
        return complete;
    }

    private static Optional<JsonNode> body(HttpRequest request) {
        return request.bodyPublisher()
                .map(Bytes::of)
                .filter(text -> !text.isEmpty())
                .map(JsonMapper.shared()::readTree);
    }

    /** What a publisher gives at once. */
    private static final class Bytes implements Flow.Subscriber<ByteBuffer> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        static String of(HttpRequest.BodyPublisher publisher) {
            Bytes collected = new Bytes();
            publisher.subscribe(collected);
            return collected.bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer item) {
            byte[] next = new byte[item.remaining()];
            item.get(next);
            bytes.writeBytes(next);
        }

        @Override
        public void onError(Throwable failure) {
            throw new IllegalStateException("a body in memory cannot fail", failure);
        }

        @Override
        public void onComplete() {
            // all is there
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException("the driver waits for each answer");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
        return sendAsync(request, handler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has a default", e);
        }
    }

    @Override
    public SSLParameters sslParameters() {
        return sslContext().getDefaultSSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }
}
