package dev.sweepback.job;

import dev.sweepback.connector.Descriptor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a file in the folder {@code connectors} says: how one kind of resource of one REST system is read, changed and put back.
 *
 * @param system the system's name for people
 * @param resource the kind of resource
 * @param connectionKeys what a connection of it has besides the common keys
 * @param headers of every request; the only place for secrets
 * @param id JSON pointer to the id of an item
 * @param label JSON pointer to what people call it
 * @param probe empty if it cannot be proven, and so never acts
 */
public record Description(
        String name,
        String system,
        String resource,
        List<Descriptor.Key> connectionKeys,
        Map<String, Template> headers,
        Listing list,
        String id,
        String label,
        List<DescribedField> fields,
        Capturing capture,
        Answers answers,
        List<DescribedAction> actions,
        Optional<DescribedProbe> probe,
        Source source) {

    /** What stands before the name in the type of a connection. */
    public static final String PREFIX = "rest:";

    /** The option of a connection that has the SHA-256 of its description's file. */
    public static final String DIGEST = "description";

    public Description {
        connectionKeys = List.copyOf(connectionKeys);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        fields = List.copyOf(fields);
        actions = List.copyOf(actions);
    }

    /** The type of its connections. */
    public String type() {
        return PREFIX + name;
    }

    public Optional<DescribedAction> action(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    /**
     * How the population is listed.
     *
     * @param items JSON pointer to the items
     * @param texts whether they are ids, as texts: each is then read to tell its fields
     */
    public record Listing(DescribedRequest request, String items, boolean texts, DescribedPaging paging) {}

    /**
     * How one resource is read.
     *
     * @param item JSON pointer to it in the answer
     * @param place a request that succeeds if the place is there at all; without it, the first page of the list
     * @param bookkeeping JSON pointers, with {@code *} for any, of what the system writes itself
     * @param masked JSON pointers, with {@code *} for any, of secrets that the system never shows
     */
    public record Capturing(
            DescribedRequest request,
            String item,
            Optional<DescribedRequest> place,
            List<String> bookkeeping,
            List<String> masked) {
        public Capturing {
            bookkeeping = List.copyOf(bookkeeping);
            masked = List.copyOf(masked);
        }
    }

    /**
     * What an answer means.
     *
     * @param gone the statuses that say that a resource is not there
     * @param goneWhen by JSON pointer, what a resource says that counts as gone
     * @param tryLater the statuses that ask to come back later
     */
    public record Answers(List<Integer> gone, Map<String, JsonNode> goneWhen, List<Integer> tryLater) {
        public Answers {
            gone = List.copyOf(gone);
            goneWhen = Map.copyOf(goneWhen);
            tryLater = List.copyOf(tryLater);
        }
    }
}
