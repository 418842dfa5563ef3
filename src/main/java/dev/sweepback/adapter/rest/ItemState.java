package dev.sweepback.adapter.rest;

import dev.sweepback.connector.State;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.Description;
import dev.sweepback.job.Pointers;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The snapshot of a resource: all that the system tells, but for book-keeping and what it masks. */
final class ItemState {

    private static final long LARGEST_EXACT = 1L << 53;

    private ItemState() {}

    /** @param item an object that {@link #inexact} has nothing against */
    static State of(Description description, JsonNode item) {
        return State.of(kept(description, item));
    }

    private static ObjectNode kept(Description description, JsonNode item) {
        ObjectNode kept = (ObjectNode) item.deepCopy();
        description.capture().bookkeeping().forEach(pointer -> Pointers.remove(kept, pointer));
        description.capture().masked().forEach(pointer -> Pointers.remove(kept, pointer));
        return kept;
    }

    /** Where a number is that a snapshot would round; empty if there is none. */
    static Optional<String> inexact(Description description, JsonNode item) {
        return inexact("", kept(description, item));
    }

    private static Optional<String> inexact(String pointer, JsonNode node) {
        if (node.isIntegralNumber() && (!node.canConvertToLong() || Math.abs(node.longValue()) > LARGEST_EXACT)) {
            return Optional.of(pointer);
        }
        if (node.isObject()) {
            return node.properties().stream()
                    .flatMap(entry -> inexact(pointer + "/" + entry.getKey(), entry.getValue()).stream())
                    .findFirst();
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            Optional<String> found = inexact(pointer + "/" + index, node.path(index));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What the action makes of a state, as far as that can be told beforehand. */
    static State goal(DescribedAction action, State before) {
        if (action.gone() || before.isAbsent()) {
            return State.ABSENT;
        }
        ObjectNode goal = before.content();
        action.equals().forEach((pointer, value) -> set(goal, JsonPointer.compile(pointer), value));
        return State.of(goal);
    }

    private static void set(ObjectNode root, JsonPointer pointer, JsonNode value) {
        JsonNode parent = root.at(pointer.head());
        if (parent.isMissingNode() || parent.isNull()) {
            ObjectNode made = JsonMapper.shared().createObjectNode();
            set(root, pointer.head(), made);
            parent = root.at(pointer.head());
        }
        if (parent instanceof ObjectNode object) {
            object.set(pointer.last().getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array && array.has(pointer.last().getMatchingIndex())) {
            array.set(pointer.last().getMatchingIndex(), value);
        }
    }

    /** Whether the two are the same in all but what is under the pointers. */
    static boolean alike(State left, State right, List<String> asideFrom) {
        if (left.isAbsent() || right.isAbsent()) {
            return left.isAbsent() && right.isAbsent();
        }
        return left.differences(right).stream().allMatch(pointer -> Pointers.covers(asideFrom, pointer));
    }
}
