package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;

/** A whole answer as the driver takes it. */
record DriverAnswer<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body) implements HttpResponse<T> {

    static <T> DriverAnswer<T> of(HttpRequest request, Response response, BodyHandler<T> handler) {
        Map<String, List<String>> headers = response.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        Info info = new Info(response.status(), HttpHeaders.of(headers, (name, value) -> true));
        BodySubscriber<T> body = handler.apply(info);
        body.onSubscribe(new Given());
        body.onNext(List.of(ByteBuffer.wrap(response.body().getBytes(StandardCharsets.UTF_8))));
        body.onComplete();
        return new DriverAnswer<>(
                request,
                info.statusCode(),
                info.headers(),
                body.getBody().toCompletableFuture().join());
    }

    private record Info(int statusCode, HttpHeaders headers) implements ResponseInfo {
        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }

    /** The whole body comes at once, asked for or not. */
    private static final class Given implements Flow.Subscription {
        @Override
        public void request(long items) {
            // it comes
        }

        @Override
        public void cancel() {
            // it has come
        }
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return request.uri();
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
