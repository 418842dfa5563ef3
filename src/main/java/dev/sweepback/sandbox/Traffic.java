package dev.sweepback.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** What a twin was asked, oldest first, without queries, headers and bodies; the last {@value #LIMIT} requests. */
public final class Traffic {

    static final int LIMIT = 50_000;

    /**
     * One request and its answer.
     *
     * @param status 0 when the connection was reset before the request was carried out
     */
    public record Exchange(String method, String path, int status) {}

    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private long total;

    Traffic() {}

    synchronized void record(TwinRequest request, int status) {
        total++;
        exchanges.addLast(new Exchange(request.method(), request.path(), status));
        if (exchanges.size() > LIMIT) {
            exchanges.removeFirst();
        }
    }

    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** All requests since the start or the last {@link #clear}, also those no longer listed. */
    public synchronized long total() {
        return total;
    }

    /** How many of the listed requests match; the expression matches the whole path. */
    public synchronized long count(String method, String pathRegex) {
        Pattern pattern = Pattern.compile(pathRegex);
        return exchanges.stream()
                .filter(exchange -> exchange.method().equals(method)
                        && pattern.matcher(exchange.path()).matches())
                .count();
    }

    public synchronized void clear() {
        total = 0;
        exchanges.clear();
    }
}
