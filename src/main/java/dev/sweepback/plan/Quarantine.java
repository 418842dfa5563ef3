package dev.sweepback.plan;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was disabled or archived and is held: a fold over the operations in the journal. Of all that was done to a resource
 * only the newest counts, so a date from an earlier run never removes what a later one disabled. An undo that covers it ends
 * it, whatever becomes of that undo; where nothing is to follow, so does its time. A roll-back of the upgrade cancels what was to
 * follow. Reads only what is new each time;
 * thread-safe.
 */
public final class Quarantine {

    /** In an entry that says that something is held no longer. */
    public static final String ENDED = "ended";

    /** In the entry that begins an undo: the operations whose resources are held no longer. */
    public static final String RELEASED = "released";

    private final JournalReader journal;
    private final Map<ResourceRef, Entry> holding = new LinkedHashMap<>();
    private Map<Long, Held> known = Map.of();
    private final Set<Long> cancelled = new HashSet<>();
    private long seq;

    public Quarantine(JournalReader journal) {
        this.journal = journal;
    }

    /**
     * One thing that is held.
     *
     * @param run as it was when this was first seen to be held
     * @param dueAt until when it is held
     * @param then what is to be done from then on, if anything is
     */
    public record Held(Run run, OperationRecord operation, Instant dueAt, Optional<String> then) {

        public ResourceRef ref() {
            return operation.ref();
        }

        public String step() {
            return operation.intent().flatMap(intent -> intent.data("step")).orElse("");
        }

        /** The action that disabled it. */
        public String by() {
            return operation.end().flatMap(Entry::action).orElse("");
        }

        /** Whether what follows is to be done. */
        public boolean isDue(Instant now) {
            return then.isPresent() && !dueAt.isAfter(now);
        }

        /** Whether the resource still is as disabling left it. */
        public boolean left(State now, JournalReader journal) {
            return journal.snapshot(
                            operation.end().flatMap(end -> end.data("after")).orElseThrow())
                    .sameAs(now);
        }
    }

    /** All that is held at this time, due or not, oldest first. */
    public static List<Held> held(JournalReader journal, Instant now) {
        return new Quarantine(journal).held(now);
    }

    public synchronized List<Held> held(Instant now) {
        journal.read(
                Query.of(
                                EntryType.UPGRADE_ROLLING_BACK,
                                EntryType.UPGRADE_ROLLED_BACK,
                                EntryType.RUN_STARTED,
                                EntryType.OPERATION_INTENT,
                                EntryType.OPERATION_OUTCOME,
                                EntryType.OPERATION_SKIPPED)
                        .after(seq),
                this::add);
        Map<RunId, Run> runs = new HashMap<>();
        Map<Long, Held> all = new LinkedHashMap<>();
        for (Entry end : holding.values()) {
            if (then(end).isPresent() || dueAt(end).isAfter(now)) {
                Held before = known.get(end.seq());
                boolean same = before != null && before.then().equals(then(end));
                all.put(end.seq(), same ? before : held(end, runs));
            }
        }
        known = all;
        return List.copyOf(all.values());
    }

    private Held held(Entry end, Map<RunId, Run> runs) {
        Run run = runs.computeIfAbsent(
                end.run().orElseThrow(), id -> Run.find(journal, id).orElseThrow());
        return new Held(run, run.operation(end.operation().orElseThrow()).orElseThrow(), dueAt(end), then(end));
    }

    private static Instant dueAt(Entry end) {
        return end.time().plus(Duration.parse(end.data("quarantine").orElseThrow()));
    }

    private Optional<String> then(Entry end) {
        return cancelled.contains(end.seq()) ? Optional.empty() : end.data("thenAction");
    }

    private void add(Entry entry) {
        seq = entry.seq();
        if (entry.type() == EntryType.UPGRADE_ROLLING_BACK || entry.type() == EntryType.UPGRADE_ROLLED_BACK) {
            cancel(entry);
            return;
        }
        if (entry.type() == EntryType.RUN_STARTED) {
            entry.dataNode(RELEASED).forEach(id -> release(new OperationId(id.asString())));
            return;
        }
        ResourceRef ref = entry.resource().orElseThrow();
        if (entry.reverts().isPresent()) {
            holding.remove(ref);
        } else if (entry.data(ENDED).isPresent()) {
            entry.data("of").map(OperationId::new).ifPresent(this::release);
        } else if (entry.type() == EntryType.OPERATION_OUTCOME
                && entry.outcome().filter(Outcome::succeeded).isPresent()) {
            acted(ref, entry);
        }
    }

    /** What was to follow does not any more; a tripwire goes on watching. */
    private void cancel(Entry rolledBack) {
        holding.values().stream()
                .filter(end -> end.upgrade().equals(rolledBack.upgrade()))
                .forEach(end -> cancelled.add(end.seq()));
    }

    private void release(OperationId disabled) {
        holding.values().removeIf(end -> end.operation().equals(Optional.of(disabled)));
    }

    private void acted(ResourceRef ref, Entry end) {
        if (end.data("quarantine").isPresent()) {
            holding.remove(ref);
            holding.put(ref, end);
        } else if (end.outcome().filter(Outcome.DONE::equals).isPresent()) {
            holding.remove(ref);
        }
    }
}
