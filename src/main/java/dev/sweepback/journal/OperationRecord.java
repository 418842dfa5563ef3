package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal says of one operation of one run.
 *
 * @param intent its last intent; empty if it was never announced (skipped, or refused before it was sent)
 * @param end its last outcome or skip; empty while the intent is open
 * @param lookFailed the last failed look, if the intent is still open
 */
public record OperationRecord(
        OperationId id,
        ResourceRef ref,
        String name,
        Optional<Entry> intent,
        Optional<Entry> end,
        Optional<Entry> lookFailed) {

    /** Announced, and not known how it ended. */
    public boolean open() {
        return intent.isPresent() && end.isEmpty();
    }

    public Optional<Outcome> outcome() {
        return end.flatMap(Entry::outcome);
    }

    public boolean succeeded() {
        return outcome().filter(Outcome::succeeded).isPresent();
    }

    /**
     * When nothing of it was sent any more: its outcome, or its deadline where a look found the outcome only later.
     *
     * @throws java.util.NoSuchElementException if it has not ended
     */
    public Instant acted() {
        Instant ended = end.map(Entry::time).orElseThrow();
        return intent.flatMap(announced -> announced.data("deadline"))
                .map(Instant::parse)
                .filter(ended::isAfter)
                .orElse(ended);
    }

    /** Whether undo has to see to it: it changed something, or may have, or is not settled. */
    public boolean leavesSomething() {
        return open()
                || (intent.isPresent()
                        && outcome().filter(Outcome::leavesSomething).isPresent());
    }

    /** Whether it takes back another one, and which. */
    public Optional<OperationId> reverts() {
        return intent.or(() -> end).flatMap(Entry::reverts);
    }

    /** Whether nothing more is to be done for it in this run. */
    public boolean over() {
        return outcome()
                .filter(outcome -> outcome != Outcome.NOT_DONE && outcome != Outcome.PARTLY)
                .isPresent();
    }

    OperationRecord with(Entry entry) {
        return switch (entry.type()) {
            case OPERATION_INTENT ->
                new OperationRecord(id, ref, name, Optional.of(entry), Optional.empty(), Optional.empty());
            case OPERATION_OUTCOME -> ended(entry);
            // What is half done does not become undone by being left alone from then on.
            case OPERATION_SKIPPED -> isHalfApplied() ? this : ended(entry);
            case OPERATION_UNSETTLED -> new OperationRecord(id, ref, name, intent, end, Optional.of(entry));
            default -> this;
        };
    }

    private OperationRecord ended(Entry entry) {
        return new OperationRecord(id, ref, name, intent, Optional.of(entry), Optional.empty());
    }

    private boolean isHalfApplied() {
        return reverts().isEmpty() && outcome().filter(Outcome.PARTLY::equals).isPresent();
    }

    /**
     * The operations that these entries speak of, in the order of their first entries. An undo that goes on with an earlier
     * one keeps its operation ids; what the later run says of an operation does not settle what the earlier one announced.
     */
    public static List<OperationRecord> fold(List<Entry> entries) {
        Map<List<Object>, OperationRecord> operations = new LinkedHashMap<>();
        for (Entry entry : entries) {
            entry.operation()
                    .ifPresent(id -> operations.compute(
                            List.of(entry.run(), id),
                            (unused, known) -> known == null ? first(entry) : known.with(entry)));
        }
        return List.copyOf(operations.values());
    }

    static OperationRecord first(Entry entry) {
        return new OperationRecord(
                        entry.operation().orElseThrow(),
                        entry.resource().orElseThrow(),
                        entry.name().orElse(""),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .with(entry);
    }
}
