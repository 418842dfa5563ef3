package dev.sweepback.adapter.vault;

import java.util.Optional;

/** What Sweepback's own connections live by, at one time. */
@FunctionalInterface
interface OwnAccess {

    /** Why the secret-id is never touched; empty if it may be. */
    Optional<String> untouchable(SecretIdAddress address);
}
