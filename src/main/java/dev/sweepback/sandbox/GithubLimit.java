package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.Optional;

/** How GitHub turns requests away that are too many: with 403 or 429, as its pages on rate limits say. */
public sealed interface GithubLimit {

    int status();

    /** Only so many further requests in this hour; afterwards {@code x-ratelimit-remaining} is 0. */
    record Primary(int status, int requests) implements GithubLimit {}

    /**
     * The next requests are turned away because of their pace: by the text, and not always with {@code Retry-After}. The
     * count of the hour is not touched.
     */
    record Secondary(int status, int times, Optional<Duration> retryAfter) implements GithubLimit {}
}
