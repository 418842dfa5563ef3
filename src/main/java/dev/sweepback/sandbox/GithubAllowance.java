package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How many requests GitHub still lets through. */
final class GithubAllowance {

    private static final int HOURLY = 15_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Clock clock;
    private int remaining = HOURLY;
    private int status = 403;
    private Instant resetAt;
    private GithubLimit.Secondary secondary = new GithubLimit.Secondary(403, 0, Optional.empty());

    GithubAllowance(Clock clock) {
        this.clock = clock;
        resetAt = clock.instant().plus(HOUR);
    }

    void limit(GithubLimit limit) {
        if (limit instanceof GithubLimit.Primary primary) {
            remaining = primary.requests();
            status = primary.status();
            resetAt = clock.instant().plus(HOUR);
        } else {
            secondary = (GithubLimit.Secondary) limit;
        }
    }

    /** Counts one request, or refuses it. */
    void take() {
        if (!clock.instant().isBefore(resetAt)) {
            remaining = HOURLY;
            resetAt = clock.instant().plus(HOUR);
        }
        if (secondary.times() > 0) {
            GithubLimit.Secondary now = secondary;
            secondary = new GithubLimit.Secondary(now.status(), now.times() - 1, now.retryAfter());
            throw turnedAway(now);
        }
        if (remaining == 0) {
            throw GithubAnswers.error(status, "API rate limit exceeded for user ID 1.");
        }
        remaining--;
    }

    private static Refused turnedAway(GithubLimit.Secondary limit) {
        Refused refused = GithubAnswers.error(
                limit.status(),
                "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
        return limit.retryAfter()
                .map(wait -> new Refused(refused.response().with("Retry-After", Long.toString(wait.toSeconds()))))
                .orElse(refused);
    }

    TwinResponse headers(TwinResponse response) {
        return response.with("x-ratelimit-limit", Integer.toString(HOURLY))
                .with("x-ratelimit-remaining", Integer.toString(remaining))
                .with("x-ratelimit-used", Integer.toString(HOURLY - remaining))
                .with("x-ratelimit-resource", "core")
                .with("x-ratelimit-reset", Long.toString(resetAt.getEpochSecond()));
    }

    TwinResponse show() {
        ObjectNode core = Json.object();
        core.put("limit", HOURLY)
                .put("remaining", remaining)
                .put("reset", resetAt.getEpochSecond())
                .put("used", HOURLY - remaining);
        ObjectNode body = Json.object();
        body.putObject("resources").set("core", core);
        body.set("rate", core.deepCopy());
        return TwinResponse.json(200, body);
    }
}
