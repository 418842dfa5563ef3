package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Provenance;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the journal tells of who created what.
 *
 * @param operation the reversal
 * @param of the operation that it takes back
 * @param intent the last intent of the reversal, if it has any
 */
record RecordedProvenance(
        JournalReader journal,
        OperationId operation,
        OperationId of,
        ResourceRef resource,
        State before,
        Optional<Entry> intent)
        implements Provenance {

    /** In an intent: what looked like the resource when it was announced. */
    static final String ALIKE = "alike";

    @Override
    public boolean isAnnounced() {
        return intent.isPresent();
    }

    @Override
    public Set<ResourceRef> thereBefore() {
        return intent.map(RecordedProvenance::alike).orElse(Set.of());
    }

    private static Set<ResourceRef> alike(Entry intent) {
        return intent.dataNode(ALIKE)
                .valueStream()
                .map(JsonNode::asString)
                .map(ResourceRef::parse)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Instant> actedAt() {
        return journal.read(Query.of(EntryType.OPERATION_INTENT).operation(of).latest(1)).stream()
                .map(Entry::time)
                .findFirst();
    }

    @Override
    public Map<ResourceRef, OperationId> creators() {
        Map<ResourceRef, OperationId> creators = new HashMap<>();
        journal.read(
                here(Query.of(EntryType.OPERATION_OUTCOME)),
                outcome -> outcome.data("now")
                        .map(ResourceRef::parse)
                        .ifPresent(now -> creators.put(now, outcome.operation().orElseThrow())));
        return creators;
    }

    @Override
    public List<OperationId> suspects(ResourceRef created) {
        return OperationRecord.fold(journal.read(here(Query.all()))).stream()
                .filter(record -> record.open() && record.reverts().isPresent())
                .filter(record -> !record.id().equals(operation))
                .filter(record -> mayHaveCreated(record.intent().orElseThrow(), created))
                .map(OperationRecord::id)
                .toList();
    }

    private boolean mayHaveCreated(Entry other, ResourceRef created) {
        if (alike(other).contains(created)) {
            return false;
        }
        try {
            return journal.snapshot(other.data("before").orElseThrow()).sameAs(before);
        } catch (JournalException e) {
            return true;
        }
    }

    private Query here(Query query) {
        return query.kind(resource.kind()).connection(resource.connection());
    }
}
