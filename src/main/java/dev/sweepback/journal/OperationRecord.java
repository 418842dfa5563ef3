package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal says of one operation.
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
            case OPERATION_OUTCOME, OPERATION_SKIPPED ->
                new OperationRecord(id, ref, name, intent, Optional.of(entry), Optional.empty());
            case OPERATION_UNSETTLED -> new OperationRecord(id, ref, name, intent, end, Optional.of(entry));
            default -> this;
        };
    }

    /** The operations that these entries speak of, in the order of their first entries. */
    public static List<OperationRecord> fold(List<Entry> entries) {
        Map<OperationId, OperationRecord> operations = new LinkedHashMap<>();
        for (Entry entry : entries) {
            entry.operation()
                    .ifPresent(id -> operations.compute(
                            id, (unused, known) -> known == null ? first(entry) : known.with(entry)));
        }
        return List.copyOf(operations.values());
    }

    private static OperationRecord first(Entry entry) {
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
