package dev.sweepback.sandbox;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a client sent to a twin.
 *
 * @param path as sent, decoded, without the query
 * @param query decoded, the last value of each name
 * @param headers names in lower case
 */
public record TwinRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    public TwinRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    static TwinRequest from(Request request) {
        String url = request.getUrl();
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders().all()) {
            headers.put(header.key().toLowerCase(Locale.ROOT), header.firstValue());
        }
        return new TwinRequest(
                request.getMethod().value(),
                decode(path.replace("+", "%2B")),
                mark < 0 ? Map.of() : query(url.substring(mark + 1)),
                headers,
                request.getBodyAsString());
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int sign = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.put(
                        decode(sign < 0 ? pair : pair.substring(0, sign)),
                        sign < 0 ? "" : decode(pair.substring(sign + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String query(String name, String fallback) {
        return query.getOrDefault(name, fallback);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Leaves headers and body out: they hold tokens. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
