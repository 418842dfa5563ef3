package dev.sweepback.connector;

import java.util.Optional;

/**
 * Where a credential that undo issues again is left, response-wrapped: a path on a Vault connection, or, without one, a
 * file of mode 0600 under the home folder.
 *
 * @param connection the Vault connection, if a step names a hand-over
 * @param path the path on it, mount first: {@code secret/handover/dten}; empty without a connection
 */
public record Handover(Optional<String> connection, String path) {

    /** No hand-over named by the step: a file under the home folder. */
    public static final Handover LOCAL = new Handover(Optional.empty(), "");
}
