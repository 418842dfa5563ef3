package dev.sweepback.adapter.http;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole answer.
 *
 * @param body the text, UTF-8
 * @param headers names in lower case; of a repeated header all values, joined with a comma
 */
public record Response(int status, Map<String, String> headers, String body) {

    private static final ObjectReader JSON =
            JsonMapper.shared().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final List<String> REQUEST_IDS =
            List.of("x-request-id", "x-github-request-id", "request-id", "x-correlation-id");
    private static final Pattern REQUEST_ID = Pattern.compile("[!-~]([ -~]{0,126}[!-~])?");
    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;[^<>,]*\\brel\\s*=\\s*\"?next\"?");

    public Response {
        headers = Map.copyOf(headers);
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body as JSON; empty if it says that it is something else, or is not well formed. */
    public Optional<JsonNode> json() {
        String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (body.isBlank() || !type.contains("json")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The system's own clock, to the second, as far as it tells. */
    public Optional<Instant> date() {
        return header("date").flatMap(Response::time);
    }

    /** How long the system asks to wait: in seconds, or until a time by its own clock. */
    public Optional<Duration> retryAfter() {
        return retryAfter(date());
    }

    Optional<Duration> retryAfter(Optional<Instant> now) {
        Optional<String> value = header("retry-after").map(String::strip);
        if (value.isPresent() && value.get().matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value.get())));
        }
        return value.flatMap(Response::time)
                .flatMap(until -> now.map(time -> Duration.between(time, until)))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    /**
     * The system's own id of the request, evidence to ask its operators by: from a header, or the body as Vault has it. One that is
     * long or not plain text is none.
     */
    public Optional<String> requestId() {
        return named().or(() -> json().map(body -> body.path("request_id").asString("")))
                .filter(Response::isRequestId);
    }

    /** The same from a header alone, where a body may speak of another request. */
    public Optional<String> requestIdOfHeader() {
        return named().filter(Response::isRequestId);
    }

    private Optional<String> named() {
        return REQUEST_IDS.stream().flatMap(name -> header(name).stream()).findFirst();
    }

    private static boolean isRequestId(String text) {
        return REQUEST_ID.matcher(text).matches();
    }

    /** The next page that a {@code Link} header names. */
    public Optional<URI> next() {
        Matcher matcher = NEXT.matcher(header("link").orElse(""));
        try {
            return matcher.find() ? Optional.of(URI.create(matcher.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Response[" + status + ", " + body.length() + " characters]";
    }
}
