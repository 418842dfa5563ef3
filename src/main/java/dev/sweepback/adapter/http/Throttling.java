package dev.sweepback.adapter.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.MissingNode;

/**
 * What answers say of limits. GitHub: {@code x-ratelimit-remaining} with {@code x-ratelimit-reset} in seconds since 1970, on 403
 * as on 429; its secondary limits say so in the text, and without {@code Retry-After} mean a minute at least ("Rate limits for
 * the REST API" in its documentation). LaunchDarkly: {@code X-Ratelimit-Reset} in milliseconds since 1970. GitLab: {@code
 * RateLimit-Reset} in seconds since 1970. The drafts of the IETF (up to 07): {@code RateLimit-Reset} in seconds from now. The
 * three can be told apart by size for thousands of years.
 */
public final class Throttling {

    private static final List<String> REMAINING = List.of(
            "x-ratelimit-remaining",
            "x-ratelimit-global-remaining",
            "x-ratelimit-route-remaining",
            "ratelimit-remaining");
    private static final List<String> RESET = List.of("x-ratelimit-reset", "ratelimit-reset");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
    private static final long SECONDS_SINCE_1970 = 1_000_000_000L;
    private static final long MILLISECONDS_SINCE_1970 = 100_000_000_000L;
    private static final Duration SECONDARY = Duration.ofMinutes(1);

    private Throttling() {}

    /** Whether the request was refused unseen, as one too many: it has certainly not acted. */
    public static boolean refuses(Response response) {
        return response.status() == 429
                || (response.status() == 403
                        && (response.header("retry-after").isPresent()
                                || nothingLeft(response)
                                || says(response, "rate limit")));
    }

    /**
     * How long no request should be sent after this answer; empty if it does not say. Successes tell too when they were the last.
     *
     * @param clock our own time, for an answer without the time of its sender
     */
    public static Optional<Duration> wait(Response response, Optional<Instant> clock) {
        Optional<Instant> now = response.date().or(() -> clock);
        Optional<Duration> asked = asksToWait(response.status()) ? response.retryAfter(now) : Optional.empty();
        Optional<Duration> reset = nothingLeft(response) ? untilReset(response, now) : Optional.empty();
        Optional<Duration> secondary = asked.isEmpty() && refuses(response) && says(response, "secondary rate limit")
                ? Optional.of(SECONDARY)
                : Optional.empty();
        return Stream.of(asked, reset, secondary).flatMap(Optional::stream).max(Duration::compareTo);
    }

    /** A redirect, for example, may carry Retry-After too, and means something else by it. */
    private static boolean asksToWait(int status) {
        return status == 429 || status == 503 || status == 403;
    }

    /** Whether the sender may send nothing more for a time. */
    public static boolean nothingLeft(Response response) {
        return REMAINING.stream()
                .flatMap(name -> response.header(name).stream())
                .anyMatch(text -> text.strip().equals("0"));
    }

    private static boolean says(Response response, String words) {
        return response.json()
                .orElse(MissingNode.getInstance())
                .path("message")
                .asString("")
                .toLowerCase(Locale.ROOT)
                .contains(words);
    }

    private static Optional<Duration> untilReset(Response response, Optional<Instant> now) {
        return RESET.stream()
                .flatMap(name -> response.header(name).stream())
                .map(String::strip)
                .filter(text -> NUMBER.matcher(text).matches())
                .findFirst()
                .flatMap(text -> until(Long.parseLong(text), now))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
    }

    private static Optional<Duration> until(long reset, Optional<Instant> now) {
        if (reset < SECONDS_SINCE_1970) {
            return Optional.of(Duration.ofSeconds(reset));
        }
        Instant time = reset < MILLISECONDS_SINCE_1970 ? Instant.ofEpochSecond(reset) : Instant.ofEpochMilli(reset);
        return now.map(known -> Duration.between(known, time));
    }
}
