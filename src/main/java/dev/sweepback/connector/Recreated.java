package dev.sweepback.connector;

import dev.sweepback.connector.ConnectorException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which operation created what again: what systems answered, as long as this process lives, and what the record tells. Things
 * that look the same are told apart by nothing else.
 */
public final class Recreated {

    private final Map<OperationId, ResourceRef> answered = new ConcurrentHashMap<>();

    /** A system said that it created this. */
    public void add(OperationId operation, ResourceRef resource) {
        answered.put(operation, resource);
    }

    /** The id that a system answered with to this operation. */
    public Optional<String> id(OperationId operation) {
        return Optional.ofNullable(answered.get(operation)).map(ResourceRef::id);
    }

    /** Whether undo is known to have created what the reversal is about. */
    public boolean isOfUndo(Reversal reversal) {
        ResourceRef resource = reversal.resource();
        return answered.containsValue(resource)
                || reversal.provenance().creators().containsKey(resource);
    }

    /** What other operations than the reversal are known to have created. */
    public Set<ResourceRef> ofOthers(Reversal reversal) {
        Map<ResourceRef, OperationId> creators =
                new HashMap<>(reversal.provenance().creators());
        answered.forEach((operation, resource) -> creators.put(resource, operation));
        creators.values().removeIf(reversal.operation()::equals);
        return creators.keySet();
    }

    /** Whether another operation may have created this: what became of it is not known. */
    public boolean mayBeOfAnother(Reversal reversal, ResourceRef resource) {
        return reversal.provenance().suspects(resource).stream().anyMatch(other -> !answered.containsKey(other));
    }

    /**
     * The one that the reversal created.
     *
     * @param candidates what is as it would have made it, and came to be since it was announced
     * @throws ConnectorException if that cannot be told
     */
    public Optional<ResourceRef> ofReversal(Reversal reversal, List<ResourceRef> candidates) {
        Optional<ResourceRef> known = Optional.ofNullable(answered.get(reversal.operation()));
        if (known.isPresent()) {
            return known.filter(candidates::contains);
        }
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Set<ResourceRef> others = ofOthers(reversal);
        List<ResourceRef> possible = candidates.stream()
                .filter(candidate -> !others.contains(candidate))
                .toList();
        List<ResourceRef> certain = possible.stream()
                .filter(candidate -> !mayBeOfAnother(reversal, candidate))
                .toList();
        if (certain.size() == 1 || possible.isEmpty()) {
            return certain.stream().findFirst();
        }
        throw unclear(reversal, possible);
    }

    private static ConnectorException unclear(Reversal reversal, List<ResourceRef> possible) {
        String ids = possible.stream().map(ResourceRef::id).collect(Collectors.joining(", "));
        return new ConnectorException(
                Kind.CONFLICT,
                reversal.resource().connection(),
                "it is not known which of several that look alike undo created for "
                        + reversal.resource().kind() + " " + reversal.resource().id() + ": look at " + ids,
                "remove " + ids + " by hand where nobody else made it, then undo again: it is created anew");
    }
}
