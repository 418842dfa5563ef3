package dev.sweepback.connector;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a system answered to one task. */
public sealed interface Answer {

    /**
     * The system accepted it.
     *
     * @param requestId the system's own id of the request, kept as evidence
     * @param taken what was seen to go along with the resource, kept as evidence
     * @param unseen what may have gone along and could not be seen
     */
    record Accepted(Optional<String> requestId, List<ResourceRef> taken, Optional<String> unseen) implements Answer {

        public Accepted {
            taken = List.copyOf(taken);
        }

        public static Accepted plain() {
            return of(Optional.empty());
        }

        public static Accepted of(Optional<String> requestId) {
            return new Accepted(requestId, List.of(), Optional.empty());
        }
    }

    /** The system refused it, or the answer was lost: look before believing either. */
    record Failed(ConnectorException error) implements Answer {}

    /** What the work gives; where it fails the failure is the answer. */
    static Answer of(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (ConnectorException e) {
            return new Failed(e);
        }
    }
}
