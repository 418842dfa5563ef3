package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A token in use, and how long it lives.
 *
 * @param self empty if the token may not look itself up
 * @param full what it was issued for, and what a renewal asks for; zero if it does not end, or if that is not known
 * @param since when that was learnt
 * @param end by the clock of this machine; without meaning if {@code full} is zero
 * @param renewable whether renewing it helps
 * @param quietUntil no attempt to prolong it is made before
 */
record TokenInUse(
        Secret token,
        Optional<Self> self,
        Duration full,
        Instant since,
        Instant end,
        boolean renewable,
        Instant quietUntil) {

    /** A token that Vault says nothing of. */
    static TokenInUse unknown(Secret token, Instant now) {
        return new TokenInUse(token, Optional.empty(), Duration.ZERO, now, now, false, now);
    }

    /** A token that was issued or looked up now. */
    static TokenInUse of(Secret token, Self self, Duration full, Duration left, boolean renewable, Instant now) {
        return new TokenInUse(token, Optional.of(self), full, now, now.plus(left), renewable, now);
    }

    /** The same token after a renewal. */
    TokenInUse renewed(Duration left, boolean renewableStill, Instant now) {
        return new TokenInUse(token, self, full, now, now.plus(left), renewableStill, now);
    }

    /** The same token, which was to be prolonged in vain. */
    TokenInUse quiet(Instant until) {
        return new TokenInUse(token, self, full, since, end, renewable, until);
    }

    /** The same token, whose longest life is reached. */
    TokenInUse atItsLongest() {
        return new TokenInUse(token, self, full, since, end, false, quietUntil);
    }

    /** Less than a third of its life is left. */
    boolean nearsItsEnd(Instant now) {
        return !full.isZero() && Duration.between(now, end).multipliedBy(3).compareTo(full) < 0;
    }

    boolean hasEnded(Instant now) {
        return !full.isZero() && !end.isAfter(now);
    }

    boolean is(Secret other) {
        return token.reveal().equals(other.reveal());
    }
}
