package dev.sweepback.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tokens and leases, and how the end of one ends others: a token takes its children and what it issued along. */
final class VaultStore {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, VaultToken> tokensById = new HashMap<>();
    private final Map<String, VaultToken> tokens = new LinkedHashMap<>();
    private final TreeMap<String, VaultLease> leases = new TreeMap<>();
    private final Map<String, Set<String>> issuedBy = new HashMap<>();
    private final Map<String, String> failingRoles = new HashMap<>();
    private boolean databaseDown;
    private Instant nextExpiry = Instant.MAX;

    VaultStore(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    Collection<VaultToken> tokens() {
        return tokens.values();
    }

    Collection<VaultLease> leases() {
        return leases.values();
    }

    /** Everything whose id begins with the prefix. */
    Collection<VaultLease> leasesBelow(String prefix) {
        return leases.subMap(prefix, prefix + Character.MAX_VALUE).values();
    }

    Optional<VaultLease> lease(String id) {
        return Optional.ofNullable(leases.get(id));
    }

    Optional<VaultToken> token(String accessor) {
        return Optional.ofNullable(tokens.get(accessor));
    }

    Optional<VaultToken> tokenById(String id) {
        return Optional.ofNullable(tokensById.get(id));
    }

    void failRevocations(String role, String reason) {
        failingRoles.put(role, reason);
    }

    void healRevocations(String role) {
        failingRoles.remove(role);
    }

    void databaseDown(boolean down) {
        databaseDown = down;
    }

    boolean databaseDown() {
        return databaseDown;
    }

    /** Service tokens with an end are kept under a lease of their own; batch tokens are kept nowhere. */
    VaultToken add(VaultToken token) {
        tokensById.put(token.id, token);
        tokens.put(token.accessor, token);
        if (token.expiresAt != null) {
            VaultLease lease = new VaultLease(
                    token.leaseId(),
                    token.parent == null ? "" : token.parent,
                    token.issuedAt,
                    token.expiresAt,
                    Duration.ofDays(32),
                    token.accessor,
                    "");
            lease.renewable = token.renewable;
            leases.put(lease.id, lease);
            endsAt(token.expiresAt);
        }
        return token;
    }

    VaultLease issue(String path, VaultToken issuer, Duration ttl, Duration maxTtl, Instant at) {
        String role = path.substring(path.lastIndexOf('/') + 1);
        String username = "v-%s-%s-%s-%d".formatted(issuer.displayName, role, random(20), at.getEpochSecond());
        VaultLease lease =
                new VaultLease(path + "/" + random(24), issuer.accessor, at, at.plus(ttl), maxTtl, null, username);
        leases.put(lease.id, lease);
        issuedBy.computeIfAbsent(issuer.accessor, unused -> new HashSet<>()).add(lease.id);
        endsAt(lease.expiresAt);
        return lease;
    }

    void extend(VaultLease lease, Instant until) {
        lease.expiresAt = until;
        endsAt(until);
    }

    /** Fails as the backend does, and the lease stays. */
    void revoke(VaultLease lease) {
        String reason = failure(lease);
        if (reason != null) {
            throw VaultAnswers.error(400, "failed to revoke entry: resp: (*logical.Response)(nil) err: " + reason);
        }
        drop(lease);
    }

    @Nullable
    String failure(VaultLease lease) {
        if (lease.token != null || !lease.id.startsWith("database/")) {
            return null;
        }
        if (databaseDown) {
            return "dial tcp 127.0.0.1:15432: connect: connection refused";
        }
        String reason = failingRoles.get(lease.role());
        return reason == null ? null : reason.replace("{username}", lease.username);
    }

    /** Takes the lease away whatever the backend says. */
    void drop(VaultLease lease) {
        leases.remove(lease.id);
        issuedBy.getOrDefault(lease.issuer, new HashSet<>()).remove(lease.id);
        if (lease.token != null) {
            token(lease.token).ifPresent(this::revoke);
        }
    }

    /** Takes the children that are no orphans and every lease that the token issued along. */
    void revoke(VaultToken token) {
        forget(token);
        for (VaultToken child : childrenOf(token.accessor)) {
            revoke(child);
        }
        Set<String> issued = issuedBy.remove(token.accessor);
        if (issued != null) {
            for (String id : List.copyOf(issued)) {
                lease(id).ifPresent(this::endWithItsToken);
            }
        }
    }

    /** The children stay and become orphans. */
    void revokeOrphaning(VaultToken token) {
        for (VaultToken child : childrenOf(token.accessor)) {
            child.parent = null;
            child.orphan = true;
        }
        revoke(token);
    }

    List<VaultToken> childrenOf(String accessor) {
        return tokens.values().stream()
                .filter(token -> accessor.equals(token.parent))
                .toList();
    }

    private void endWithItsToken(VaultLease lease) {
        if (failure(lease) == null) {
            leases.remove(lease.id);
        } else {
            queueFailed(lease);
        }
    }

    /** What a lease looks like whose revocation was queued and fails again and again. */
    void queueFailed(VaultLease lease) {
        lease.renewable = false;
        lease.expiresAt = now();
    }

    private void forget(VaultToken token) {
        tokensById.remove(token.id);
        tokens.remove(token.accessor);
        leases.remove(token.leaseId());
    }

    private void endsAt(Instant instant) {
        if (instant.isBefore(nextExpiry)) {
            nextExpiry = instant;
        }
    }

    /** Ends what has ended by the clock; a failing backend keeps its leases. */
    void expire() {
        Instant now = now();
        if (now.isBefore(nextExpiry)) {
            return;
        }
        nextExpiry = Instant.MAX;
        for (VaultLease lease : new ArrayList<>(leases.values())) {
            if (lease.expiresAt.isAfter(now)) {
                endsAt(lease.expiresAt);
            } else if (failure(lease) == null) {
                drop(lease);
            } else {
                lease.renewable = false;
            }
        }
    }
}
