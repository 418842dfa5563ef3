package dev.sweepback.connector;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a credential that undo issued again lies.
 *
 * @param place as references are written: {@code vault:CONNECTION/PATH}, or {@code file:PATH}
 * @param until when it can be unwrapped no longer; empty if what lies there does not say
 */
public record HandedOver(String place, Optional<Instant> until) {}
