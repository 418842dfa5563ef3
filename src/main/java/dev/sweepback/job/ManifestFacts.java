package dev.sweepback.job;

import java.time.Instant;

/**
 * What a condition sees as {@code upgrade.manifest}: what the verified package says of itself.
 *
 * @param reboot {@code none}, {@code recommended} or {@code required}
 */
public record ManifestFacts(String name, String version, Instant date, String reboot) {}
