package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * A wrapped answer (recordings {@code wrap-token-create-200}, {@code wrap-db-creds-200}).
 *
 * @param token the wrapping token: whoever has it can take the answer out, once
 * @param accessor of the token inside; empty if the answer is no token
 * @param ttl how long it can be unwrapped
 */
record Wrapped(Secret token, Optional<String> accessor, String creationPath, Duration ttl) {}
