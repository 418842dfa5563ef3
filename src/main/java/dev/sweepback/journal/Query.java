package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which entries. All that is given must hold; nothing given means all.
 *
 * @param types any of these; empty means any
 * @param equal envelope fields and the value they must have
 * @param nameGlob {@code *} and {@code ?} over the resource's name
 * @param from at or after
 * @param until before
 * @param afterSeq above this number
 * @param newestFirst the order of the answer; by number
 * @param limit at most so many; 0 means all
 */
public record Query(
        Set<EntryType> types,
        Map<String, String> equal,
        Optional<String> nameGlob,
        Optional<Instant> from,
        Optional<Instant> until,
        long afterSeq,
        boolean newestFirst,
        int limit) {

    public Query {
        types = Set.copyOf(types);
        equal = Map.copyOf(equal);
    }

    public static Query all() {
        return new Query(Set.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0, false, 0);
    }

    public static Query of(EntryType... types) {
        return new Query(Set.of(types), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0, false, 0);
    }

    public Query job(String job) {
        return equal("job", job);
    }

    public Query upgrade(UpgradeId id) {
        return equal("upgradeId", id.value());
    }

    public Query plan(PlanId id) {
        return equal("planId", id.value());
    }

    public Query run(RunId id) {
        return equal("runId", id.value());
    }

    public Query operation(OperationId id) {
        return equal("operationId", id.value());
    }

    public Query resource(ResourceRef ref) {
        return equal("kind", ref.kind()).equal("connection", ref.connection()).equal("resource", ref.id());
    }

    public Query kind(String kind) {
        return equal("kind", kind);
    }

    public Query connection(String connection) {
        return equal("connection", connection);
    }

    public Query named(String glob) {
        return new Query(types, equal, Optional.of(glob), from, until, afterSeq, newestFirst, limit);
    }

    public Query from(Instant instant) {
        return new Query(types, equal, nameGlob, Optional.of(instant), until, afterSeq, newestFirst, limit);
    }

    public Query until(Instant instant) {
        return new Query(types, equal, nameGlob, from, Optional.of(instant), afterSeq, newestFirst, limit);
    }

    public Query after(long seq) {
        return new Query(types, equal, nameGlob, from, until, seq, newestFirst, limit);
    }

    public Query latest(int most) {
        return new Query(types, equal, nameGlob, from, until, afterSeq, true, most);
    }

    private Query equal(String field, String value) {
        Map<String, String> more = new TreeMap<>(equal);
        more.put(field, value);
        return new Query(types, more, nameGlob, from, until, afterSeq, newestFirst, limit);
    }
}
