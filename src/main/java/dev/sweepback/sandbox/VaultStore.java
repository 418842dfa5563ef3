package dev.sweepback.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tokens and leases, and how the end of one ends others: a token takes its children and what it issued along. */
final class VaultStore {

    /** When a lease ends, unless it was renewed since. */
    private record End(Instant at, String lease) {}

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, VaultToken> tokensById = new HashMap<>();
    private final Map<String, VaultToken> tokens = new LinkedHashMap<>();
    private final TreeMap<String, VaultLease> leases = new TreeMap<>();
    private final Map<String, Set<String>> issuedBy = new HashMap<>();
    private final Map<String, String> failingRoles = new HashMap<>();
    private final Map<String, Set<VaultToken>> children = new HashMap<>();
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparing(End::at));
    /** Ended by the clock, kept by a failing backend. */
    private final Set<String> stuck = new LinkedHashSet<>();

    private boolean databaseDown;

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

    NavigableSet<String> leaseIds() {
        return leases.navigableKeySet();
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
        tryStuckAgain();
    }

    void databaseDown(boolean down) {
        databaseDown = down;
        if (!down) {
            tryStuckAgain();
        }
    }

    boolean databaseDown() {
        return databaseDown;
    }

    /** Service tokens with an end are kept under a lease of their own; batch tokens are kept nowhere. */
    VaultToken add(VaultToken token) {
        tokensById.put(token.id, token);
        tokens.put(token.accessor, token);
        if (token.parent != null) {
            children.computeIfAbsent(token.parent, unused -> new LinkedHashSet<>())
                    .add(token);
        }
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
            ends.add(new End(token.expiresAt, lease.id));
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
        ends.add(new End(lease.expiresAt, lease.id));
        return lease;
    }

    void extend(VaultLease lease, Instant until) {
        lease.expiresAt = until;
        ends.add(new End(until, lease.id));
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
        stuck.remove(lease.id);
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
        children.remove(token.accessor);
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
        children.remove(token.accessor);
        revoke(token);
    }

    private List<VaultToken> childrenOf(String accessor) {
        return List.copyOf(children.getOrDefault(accessor, Set.of()));
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
        if (token.parent != null) {
            children.getOrDefault(token.parent, new LinkedHashSet<>()).remove(token);
        }
    }

    private void tryStuckAgain() {
        stuck.forEach(id -> ends.add(new End(now(), id)));
        stuck.clear();
    }

    /** Ends what has ended by the clock; a failing backend keeps its leases. */
    void expire() {
        Instant now = now();
        for (End next = ends.peek(); next != null && !next.at().isAfter(now); next = ends.peek()) {
            ends.remove();
            lease(next.lease()).filter(lease -> !lease.expiresAt.isAfter(now)).ifPresent(this::end);
        }
    }

    private void end(VaultLease lease) {
        if (failure(lease) == null) {
            drop(lease);
        } else {
            lease.renewable = false;
            stuck.add(lease.id);
        }
    }
}
