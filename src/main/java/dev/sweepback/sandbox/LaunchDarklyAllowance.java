package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How many requests LaunchDarkly still lets through, by account and by route, in windows of ten seconds. */
final class LaunchDarklyAllowance {

    private static final int EVERY_TEN_SECONDS = 2_000;
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Clock clock;
    private int global = EVERY_TEN_SECONDS;
    private int route = EVERY_TEN_SECONDS;
    private Instant resetAt;

    LaunchDarklyAllowance(Clock clock) {
        this.clock = clock;
        resetAt = clock.instant().plus(WINDOW);
    }

    void limit(int requests, boolean ofTheRoute) {
        resetAt = clock.instant().plus(WINDOW);
        route = ofTheRoute ? requests : EVERY_TEN_SECONDS;
        global = ofTheRoute ? EVERY_TEN_SECONDS : requests;
    }

    /** Counts one request, or refuses it. */
    void take() {
        if (!clock.instant().isBefore(resetAt)) {
            limit(EVERY_TEN_SECONDS, false);
        }
        if (global == 0 || route == 0) {
            throw LaunchDarklyTwin.error(429, "rate_limited", "You've exceeded the API rate limit. Try again later.");
        }
        global--;
        route--;
    }

    TwinResponse headers(TwinResponse response) {
        return response.with("X-Ratelimit-Global-Remaining", Integer.toString(global))
                .with("X-Ratelimit-Route-Remaining", Integer.toString(route))
                .with("X-Ratelimit-Reset", Long.toString(resetAt.toEpochMilli()))
                .with(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atOffset(ZoneOffset.UTC)));
    }
}
