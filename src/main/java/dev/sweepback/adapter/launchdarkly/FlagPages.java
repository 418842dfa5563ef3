package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/**
 * A whole list, read by place. When something before a place goes or comes while the list is read, the next page begins
 * elsewhere, and a flag could be passed over. So each page begins with the last flag of the one before; if it does not, the list
 * is read anew.
 */
final class FlagPages {

    private static final int ATTEMPTS = 3;

    /**
     * @param total how many there are on all pages, as the system says
     * @param more whether the system says that there is another page
     */
    record Page(List<JsonNode> flags, int total, boolean more) {}

    private final IntFunction<Page> pages;
    private final String connection;

    /** @param pages the page that begins at a place, the first being 0 */
    FlagPages(IntFunction<Page> pages, String connection) {
        this.pages = pages;
        this.connection = connection;
    }

    List<JsonNode> all() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<List<JsonNode>> all = read();
            if (all.isPresent()) {
                return all.get();
            }
        }
        throw failure(
                Kind.CONFLICT,
                "the list of its flags changed " + ATTEMPTS + " times while it was read",
                "try again when nobody creates or archives flags");
    }

    /** Empty if the list changed on the way. */
    private Optional<List<JsonNode>> read() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        Page page = pages.apply(0);
        int offset = 0;
        while (true) {
            page.flags().forEach(flag -> all.put(key(flag), flag));
            int reached = offset + page.flags().size();
            if (reached >= page.total() && !page.more()) {
                return all.size() == page.total() ? Optional.of(List.copyOf(all.values())) : Optional.empty();
            }
            if (page.flags().size() < 2) {
                throw failure(
                        Kind.MALFORMED,
                        "its list of flags ends before its " + page.total() + " flags are told",
                        "check that the connection's url leads to LaunchDarkly itself");
            }
            String last = key(page.flags().get(page.flags().size() - 1));
            offset = reached - 1;
            page = pages.apply(offset);
            if (page.flags().isEmpty() || !key(page.flags().get(0)).equals(last)) {
                return Optional.empty();
            }
        }
    }

    private static String key(JsonNode flag) {
        return flag.path("key").asString();
    }

    private ConnectorException failure(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }
}
