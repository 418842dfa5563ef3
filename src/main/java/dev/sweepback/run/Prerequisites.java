package dev.sweepback.run;

import dev.sweepback.connector.Connector;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Readers;
import dev.sweepback.plan.UnknownConnection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the same run did to things without which others cannot be put back. */
final class Prerequisites {

    private final JournalReader journal;
    private final Readers readers;

    Prerequisites(JournalReader journal, Readers readers) {
        this.journal = journal;
        this.readers = readers;
    }

    /** These operations, and those that must be taken back with them. */
    List<OperationId> with(Run run, Collection<OperationId> operations) {
        Set<OperationId> all = new LinkedHashSet<>();
        Deque<OperationId> waiting = new ArrayDeque<>(operations);
        while (!waiting.isEmpty()) {
            OperationId id = waiting.remove();
            if (all.add(id)) {
                run.operation(id)
                        .map(this::needs)
                        .orElse(List.of())
                        .forEach(ref -> run.operations().stream()
                                .filter(other -> other.ref().equals(ref) && other.leavesSomething())
                                .map(OperationRecord::id)
                                .forEach(waiting::add));
            }
        }
        return List.copyOf(all);
    }

    /** Nothing where that cannot be found out: the undo itself then says why. */
    private List<ResourceRef> needs(OperationRecord operation) {
        Optional<String> before = operation.intent().flatMap((Entry intent) -> intent.data("before"));
        if (before.isEmpty()) {
            return List.of();
        }
        ResourceRef ref = operation.ref();
        try {
            Connector connector = readers.connector(ref.connection(), ref.kind());
            State state = journal.snapshot(before.get());
            return state.isAbsent() ? List.of() : connector.needs(ref, state);
        } catch (JournalException | UnknownConnection e) {
            return List.of();
        }
    }
}
