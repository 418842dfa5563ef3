package dev.sweepback.run;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.OperationId;
import dev.sweepback.plan.PlannedOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operations that a system takes no requests for at the moment: no failure of theirs, they are come back to. Only those of a cleanup: an
 * undo goes on with the rest, and is begun again for what it could not do.
 *
 * @param reasons what each was told
 */
record PutOff(Map<OperationId, String> reasons) {

    static final PutOff NONE = new PutOff(Map.of());

    PutOff {
        reasons = Map.copyOf(reasons);
    }

    static boolean isBy(ConnectorException error) {
        return error.kind() == Kind.THROTTLED;
    }

    static PutOff of(PlannedOperation operation, ConnectorException error) {
        return new PutOff(Map.of(operation.id(), error.getMessage() + "; " + error.remedy()));
    }

    static PutOff all(List<PutOff> parts) {
        Map<OperationId, String> reasons = new HashMap<>();
        parts.forEach(part -> reasons.putAll(part.reasons()));
        return new PutOff(reasons);
    }

    boolean has(OperationId operation) {
        return reasons.containsKey(operation);
    }

    /** One of them stands for all: they are told the same. */
    Optional<String> reason() {
        return reasons.values().stream()
                .sorted()
                .findFirst()
                .map(reason -> (reasons.size() == 1 ? "one operation is" : reasons.size() + " operations are")
                        + " put off: " + reason);
    }
}
