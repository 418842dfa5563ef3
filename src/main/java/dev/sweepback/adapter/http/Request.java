package dev.sweepback.adapter.http;

import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Segments;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One request, relative to the connection's address. It shows itself without query, headers and body, and with secrets in
 * its path hidden.
 *
 * @param path percent-encoded, with a leading slash
 * @param query percent-encoded, empty without one
 * @param address the whole address, only for a link that the system itself gave; it must have the connection's origin
 * @param shown method and path for messages
 */
public record Request(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        Optional<JsonNode> body,
        Optional<URI> address,
        String shown) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\+?)}");

    public Request {
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> requireOneLine(name + value));
    }

    /**
     * @param template the path, with {@code {}} for a value that is one segment and {@code {+}} for one that may hold slashes
     * @param values text, or a {@link Secret} that messages must not show; one for each place
     */
    public static Request of(String method, String template, Object... values) {
        Queue<Object> left = new ArrayDeque<>(List.of(values));
        StringBuilder path = new StringBuilder();
        StringBuilder shown = new StringBuilder(method).append(' ');
        Matcher places = PLACE.matcher(template);
        int from = 0;
        while (places.find()) {
            Object value = left.remove();
            String encoded = "+".equals(places.group(1)) ? segments(text(value)) : encode(text(value));
            String between = template.substring(from, places.start());
            path.append(between).append(encoded);
            shown.append(between).append(value instanceof Secret ? "***" : encoded);
            from = places.end();
        }
        if (!left.isEmpty() || !template.startsWith("/")) {
            throw new IllegalArgumentException("the values do not fit the path " + template);
        }
        path.append(template.substring(from));
        shown.append(template.substring(from));
        return new Request(method, path.toString(), "", Map.of(), Optional.empty(), Optional.empty(), shown.toString());
    }

    public static Request get(String template, Object... values) {
        return of("GET", template, values);
    }

    /** A GET of an address that the system gave, the next page for example. */
    public static Request follow(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : address.getRawQuery();
        return new Request("GET", path, query, Map.of(), Optional.empty(), Optional.of(address), "GET " + path);
    }

    public Request query(String name, String value) {
        String pair = encode(name) + "=" + encode(value);
        return new Request(method, path, query.isEmpty() ? pair : query + "&" + pair, headers, body, address, shown);
    }

    public Request header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Request(method, path, query, more, body, address, shown);
    }

    public Request body(JsonNode json) {
        return new Request(method, path, query, headers, Optional.of(json), address, shown);
    }

    /** A part of the path that would lead elsewhere; one at its end may be empty, as in the address of a list. */
    Optional<String> strayingSegment() {
        if (address.isPresent() || path.equals("/")) {
            return Optional.empty();
        }
        return Segments.unusable(path.endsWith("/") ? path.substring(1, path.length() - 1) : path.substring(1));
    }

    private static String text(Object value) {
        return value instanceof Secret secret ? secret.reveal() : value.toString();
    }

    private static String segments(String value) {
        StringBuilder encoded = new StringBuilder();
        for (String part : value.split("/", -1)) {
            encoded.append(encoded.isEmpty() ? "" : "/");
            encoded.append(encode(part));
        }
        return encoded.toString();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private static void requireOneLine(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("a header must not hold control characters");
        }
    }

    @Override
    public String toString() {
        return shown;
    }
}
