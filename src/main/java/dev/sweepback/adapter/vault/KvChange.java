package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.vault.KvVersioned.Version;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.ThreeWay;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be done to a key, and how far that has come, told from snapshots. A version's time of deletion is part of them;
 * so a version that somebody undeleted and deleted again meanwhile is not taken for the one that was left.
 */
final class KvChange {

    private KvChange() {}

    static boolean versioned(State before) {
        return before.content().path(KvKey.ENGINE).asInt() == 2;
    }

    /** The versions that the order deletes: all that were live when it was announced. */
    static List<Integer> toDelete(Order order) {
        return versions(order.before()).entrySet().stream()
                .filter(version -> version.getValue().live(order.announcedAt()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The versions that the action deleted, and no others. */
    static List<Integer> toUndelete(Reversal reversal) {
        Map<Integer, Version> after = versions(reversal.after());
        return versions(reversal.before()).entrySet().stream()
                .filter(version -> after.containsKey(version.getKey())
                        && !end(after, version.getKey())
                                .equals(version.getValue().endsAt()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @param now what is seen of the key at that time, absent if nothing is */
    static Progress progress(Order order, State now, Instant at) {
        if (now.isAbsent() || !versioned(order.before())) {
            return ThreeWay.progress(order.before(), State.ABSENT, now);
        }
        Map<Integer, Version> before = versions(order.before());
        Map<Integer, Version> present = versions(now);
        List<Integer> targets = toDelete(order);
        // what has deleted itself meanwhile needs no request
        List<Integer> left = targets.stream()
                .filter(version -> end(before, version).equals(end(present, version)))
                .filter(version -> live(before, version, at))
                .toList();
        if (!sameBut(targets, order.before(), now)) {
            return Progress.FOREIGN;
        }
        if (left.isEmpty()) {
            return Progress.DONE;
        }
        return now.sameAs(order.before()) ? Progress.NOT_BEGUN : Progress.FOREIGN;
    }

    /** @param now what is seen of the key at that time, absent if nothing is */
    static Progress progress(Reversal reversal, State now, Instant at) {
        if (!versioned(reversal.before())) {
            return ThreeWay.progress(reversal.after(), reversal.before(), now);
        }
        if (now.isAbsent()) {
            return Progress.FOREIGN;
        }
        List<Integer> targets = toUndelete(reversal);
        if (!targets.isEmpty() && now.sameAs(reversal.after())) {
            return Progress.NOT_BEGUN;
        }
        Map<Integer, Version> present = versions(now);
        boolean undeleted = targets.stream().allMatch(version -> live(present, version, at));
        return undeleted && sameBut(targets, reversal.before(), now) ? Progress.DONE : Progress.FOREIGN;
    }

    private static Map<Integer, Version> versions(State state) {
        return state.isAbsent()
                ? Map.of()
                : KvVersioned.versions(state.content().path(KvVersioned.METADATA));
    }

    private static Optional<Instant> end(Map<Integer, Version> versions, Integer version) {
        return Optional.ofNullable(versions.get(version)).flatMap(Version::endsAt);
    }

    private static boolean live(Map<Integer, Version> versions, Integer version, Instant at) {
        return Optional.ofNullable(versions.get(version))
                .map(found -> found.live(at))
                .orElse(false);
    }

    /** Whether the two differ in nothing but when these versions end. */
    private static boolean sameBut(List<Integer> versions, State one, State other) {
        return without(versions, one).sameAs(without(versions, other));
    }

    private static State without(List<Integer> versions, State state) {
        ObjectNode content = state.content();
        for (Integer version : versions) {
            if (content.path(KvVersioned.METADATA).path("versions").path(version.toString())
                    instanceof ObjectNode found) {
                found.remove("deletion_time");
            }
        }
        return State.of(content);
    }
}
