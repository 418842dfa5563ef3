package dev.sweepback.connector;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Flags that were created again: their strategies and links have other ids, and nothing else differs. */
final class FlagDumps {

    private FlagDumps() {}

    static boolean differsInIdsAlone(State before, State now) {
        List<String> differences = before.differences(now);
        return !differences.isEmpty()
                && differences.stream()
                        .allMatch(pointer -> pointer.matches("/environments/[^/]+/strategies/[^/]+")
                                || pointer.matches("/links/[^/]+"));
    }

    /** @param dump all that a server tells of its flags; changed */
    static JsonNode withoutIds(JsonNode dump) {
        for (JsonNode flag : dump) {
            flag.path("links").forEach(link -> ((ObjectNode) link).remove("id"));
            flag.path("environments")
                    .forEach(environment ->
                            environment.path("strategies").forEach(strategy -> ((ObjectNode) strategy).remove("id")));
        }
        return dump;
    }
}
