package dev.sweepback.job;

import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Reversibility;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One action of a description.
 *
 * @param sign {@code -} removes, {@code ~} disables
 * @param reversibility as declared; believed only after a probe
 * @param lost what undo does not bring back: JSON pointers, and words for what cannot be seen
 * @param apply the requests that carry it out, in order
 * @param restore the requests that take it back, in order; empty if nothing does
 * @param gone whether nothing is left afterwards
 * @param equals by JSON pointer, what the resource looks like afterwards; empty if it is gone
 * @param touches JSON pointers of what else the action changes, to what cannot be told beforehand
 * @param newId where the first restoring request answers with the id of what it re-created; empty if the id is the same
 * @param match JSON pointers by which what was re-created is known, where its new id is not
 */
public record DescribedAction(
        String name,
        char sign,
        Reversibility reversibility,
        String description,
        List<String> lost,
        List<DescribedRequest> apply,
        List<DescribedRequest> restore,
        boolean gone,
        Map<String, JsonNode> equals,
        List<String> touches,
        Optional<String> newId,
        List<String> match) {

    public DescribedAction {
        lost = List.copyOf(lost);
        apply = List.copyOf(apply);
        restore = List.copyOf(restore);
        equals = Collections.unmodifiableMap(new LinkedHashMap<>(equals));
        touches = List.copyOf(touches);
        match = List.copyOf(match);
    }

    /** Of what is lost, what can be seen. */
    public List<String> lostPointers() {
        return lost.stream().filter(text -> text.startsWith("/")).toList();
    }

    public Descriptor.Action declared() {
        return new Descriptor.Action(name, sign, reversibility, lost, description);
    }
}
