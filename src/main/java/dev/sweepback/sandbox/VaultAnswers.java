package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Vault's envelope, its errors, and its way to write a duration. */
final class VaultAnswers {

    private static final Map<String, String> HEADERS =
            Map.of("Cache-Control", "no-store", "Content-Type", "application/json");

    private VaultAnswers() {}

    static ObjectNode envelope() {
        return Json.object()
                .put("request_id", UUID.randomUUID().toString())
                .put("lease_id", "")
                .put("renewable", false)
                .put("lease_duration", 0)
                .putNull("data")
                .putNull("wrap_info")
                .putNull("warnings")
                .putNull("auth");
    }

    static TwinResponse plain(int status, JsonNode body) {
        return new TwinResponse(status, HEADERS, body.toString());
    }

    static TwinResponse data(JsonNode data) {
        ObjectNode envelope = envelope();
        envelope.set("data", data);
        return plain(200, envelope);
    }

    static TwinResponse auth(JsonNode auth, @Nullable String warning) {
        ObjectNode envelope = envelope();
        envelope.set("auth", auth);
        if (warning != null) {
            envelope.putArray("warnings").add(warning);
        }
        return plain(200, envelope);
    }

    /** Nothing to list is 404 with no error text. */
    static TwinResponse keys(Collection<String> keys) {
        if (keys.isEmpty()) {
            throw nothing();
        }
        ObjectNode data = Json.object();
        data.set("keys", Json.array(keys));
        return data(data);
    }

    static TwinResponse done() {
        return new TwinResponse(204, HEADERS, "");
    }

    static TwinResponse accepted() {
        return new TwinResponse(202, HEADERS, "");
    }

    static Refused error(int status, String message) {
        ObjectNode body = Json.object();
        body.putArray("errors").add(message);
        return new Refused(plain(status, body));
    }

    static Refused listed(int status, String message) {
        return error(status, "1 error occurred:\n\t* " + message + "\n\n");
    }

    /** A list as the server's own language prints it. */
    static String quoted(Iterable<String> values) {
        return "[\"" + String.join("\" \"", values) + "\"]";
    }

    static Refused nothing() {
        ObjectNode body = Json.object();
        body.putArray("errors");
        return new Refused(plain(404, body));
    }

    /** The token is bad or has expired: log in again. */
    static Refused badToken() {
        return error(403, "permission denied");
    }

    /** The token is good, its policies do not allow this: only the text tells the two apart. */
    static Refused denied() {
        return listed(403, "permission denied");
    }

    /** Seconds as a number or text, or {@code 5m}, {@code 2h}, {@code 30s}, {@code 7d}. */
    static Duration duration(JsonNode value, Duration fallback) {
        return value.isNumber() || value.isString() ? duration(value.asString(), fallback) : fallback;
    }

    static Duration duration(String text, Duration fallback) {
        if (!text.matches("\\d{1,12}[smhd]?")) {
            return fallback;
        }
        char unit = text.charAt(text.length() - 1);
        long number = Long.parseLong(Character.isDigit(unit) ? text : text.substring(0, text.length() - 1));
        return switch (unit) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
