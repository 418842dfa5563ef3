package dev.sweepback.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a condition sees as {@code upgrade}.
 *
 * @param buffer time kept after the window
 * @param manifest that of the package which was verified for it, if one was
 * @param clockSkew how far the clocks of other systems may be off; from the settings
 */
public record UpgradeFacts(
        String id,
        String packageName,
        String from,
        String to,
        String environment,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Instant windowStart,
        Instant windowEnd,
        Duration buffer,
        Optional<ManifestFacts> manifest,
        Duration clockSkew) {

    public UpgradeFacts {
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("a clock skew is not negative: " + clockSkew);
        }
    }
}
