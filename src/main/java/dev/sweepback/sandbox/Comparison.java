package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two dumps held against each other, field by field, without what the servers write themselves.
 *
 * @param things how many there were before
 * @param fields how many single values were compared
 * @param exact things that are as before in every field
 * @param reissued leases and tokens that are gone and for which an equivalent one has appeared: same role or policies, same
 *     lifetime, within {@link Lifetime#TOLERANCE}
 * @param different everything else
 * @param added names of things that were not there before and are no reissues
 */
public record Comparison(
        int things, int fields, int exact, int reissued, List<Difference> different, List<String> added) {

    /**
     * One thing that is not as before.
     *
     * @param pointers JSON pointers into the thing; a single empty one when it is gone
     */
    public record Difference(String name, List<String> pointers) {
        public Difference {
            pointers = List.copyOf(pointers);
        }
    }

    private static final String BOOKKEEPING = "bookkeeping";

    /** What an undo writes into a reissued token's metadata about itself. */
    private static final String MARK = "sweepback_op";

    private static final List<String> LEASE_TRAITS = List.of("path", "renewable");
    private static final List<String> TOKEN_TRAITS = List.of(
            "policies",
            "display_name",
            "type",
            "orphan",
            "renewable",
            "num_uses",
            "explicit_max_ttl_seconds",
            "period_seconds");

    /** A token with less than this left could hardly be unwrapped in time: it is issued for its whole lifetime again. */
    private static final Duration HANDOVER = Duration.ofHours(1);

    public Comparison {
        different = List.copyOf(different);
        added = List.copyOf(added);
    }

    /** Looks at everything. */
    public static Comparison between(ObjectNode before, ObjectNode after) {
        return between(before, after, name -> true);
    }

    /** Looks only at the things whose names match. */
    public static Comparison between(ObjectNode before, ObjectNode after, Predicate<String> which) {
        Set<String> unclaimed = new LinkedHashSet<>();
        for (String name : after.propertyNames()) {
            if (which.test(name) && !before.has(name)) {
                unclaimed.add(name);
            }
        }
        int things = 0;
        int fields = 0;
        int exact = 0;
        int reissued = 0;
        List<Difference> different = new ArrayList<>();
        for (Map.Entry<String, JsonNode> thing : before.properties()) {
            String name = thing.getKey();
            if (!which.test(name)) {
                continue;
            }
            things++;
            fields += leaves(withoutBookkeeping(thing.getValue()));
            List<String> pointers = after.has(name) ? differing(thing.getValue(), after.path(name)) : List.of("");
            if (pointers.isEmpty()) {
                exact++;
            } else if (!after.has(name) && claim(name, before, after, unclaimed)) {
                reissued++;
            } else {
                different.add(new Difference(name, pointers));
            }
        }
        return new Comparison(things, fields, exact, reissued, different, List.copyOf(unclaimed));
    }

    private static boolean claim(String name, ObjectNode before, ObjectNode after, Set<String> unclaimed) {
        for (String candidate : unclaimed) {
            if (equivalent(name, before, candidate, after)) {
                unclaimed.remove(candidate);
                return true;
            }
        }
        return false;
    }

    private static boolean equivalent(String name, ObjectNode before, String candidate, ObjectNode after) {
        JsonNode lost = before.path(name);
        JsonNode found = after.path(candidate);
        if (name.startsWith("lease:")) {
            return candidate.startsWith("lease:")
                    && same(LEASE_TRAITS, lost, found)
                    && Lifetime.of(found, after).isAsLongAs(Lifetime.of(lost, before));
        }
        return name.startsWith("token:")
                && candidate.startsWith("token:")
                && same(TOKEN_TRAITS, lost, found)
                && unmarked(lost.path("meta")).equals(unmarked(found.path("meta")))
                && livesAsTold(lost, Lifetime.of(lost, before), Lifetime.of(found, after));
    }

    /** A token lives for the time that was left; a periodic one begins a new period. */
    private static boolean livesAsTold(JsonNode lost, Lifetime before, Lifetime after) {
        boolean anew = Json.number(lost, "period_seconds", 0) > 0
                || before.left(after.begin())
                        .filter(left -> left.compareTo(HANDOVER) < 0)
                        .isPresent();
        return anew ? after.isAsLongAs(before) : after.endsWith(before);
    }

    private static boolean same(List<String> traits, JsonNode lost, JsonNode found) {
        return traits.stream().allMatch(trait -> lost.path(trait).equals(found.path(trait)));
    }

    private static JsonNode unmarked(JsonNode meta) {
        JsonNode copy = meta.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove(MARK);
        }
        return copy;
    }

    private static List<String> differing(JsonNode before, JsonNode after) {
        List<String> pointers = new ArrayList<>();
        collect("", withoutBookkeeping(before), withoutBookkeeping(after), pointers);
        return pointers;
    }

    private static JsonNode withoutBookkeeping(JsonNode thing) {
        JsonNode copy = thing.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove(BOOKKEEPING);
        }
        return copy;
    }

    private static void collect(String pointer, JsonNode before, JsonNode after, List<String> pointers) {
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                String escaped = name.replace("~", "~0").replace("/", "~1");
                collect(pointer + "/" + escaped, before.path(name), after.path(name), pointers);
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                collect(pointer + "/" + i, before.path(i), after.path(i), pointers);
            }
        } else if (!Objects.equals(before, after)) {
            pointers.add(pointer);
        }
    }

    private static int leaves(JsonNode node) {
        if (!node.isContainer() || node.isEmpty()) {
            return 1;
        }
        int leaves = 0;
        for (JsonNode child : node) {
            leaves += leaves(child);
        }
        return leaves;
    }
}
