package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A flag's state: everything LaunchDarkly tells of it, with all its environments, but book-keeping. */
final class FlagState {

    /** Below an environment {@code archived} only repeats what stands above. */
    static final List<String> BOOKKEEPING = List.of(
            "_version",
            "_links",
            "_site",
            "_maintainer",
            "_maintainerTeam",
            "archivedDate",
            "lastModified",
            "environments.*.version",
            "environments.*.archived",
            "environments.*._summary");

    private static final List<String> OF_THE_FLAG =
            List.of("_version", "_maintainer", "_maintainerTeam", "archivedDate", "lastModified");
    private static final List<String> OF_AN_ENVIRONMENT = List.of("version", "archived", "lastModified", "_summary");
    private static final List<String> ANYWHERE = List.of("_links", "_site");
    private static final String ARCHIVED = "archived";

    private FlagState() {}

    static State of(JsonNode flag) {
        ObjectNode state = flag.deepCopy().asObject();
        state.remove(OF_THE_FLAG);
        for (JsonNode environment : state.path("environments")) {
            if (environment instanceof ObjectNode settings) {
                settings.remove(OF_AN_ENVIRONMENT);
            }
        }
        removeLinks(state);
        state.set("tags", JsonMapper.shared().valueToTree(tags(flag)));
        return State.of(state);
    }

    private static void removeLinks(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(ANYWHERE);
        }
        node.forEach(FlagState::removeLinks);
    }

    /** Their order means nothing. */
    static List<String> tags(JsonNode flag) {
        return flag.path("tags")
                .valueStream()
                .map(tag -> tag.asString(""))
                .sorted()
                .toList();
    }

    static boolean isArchived(State state) {
        return state.content().path(ARCHIVED).asBoolean(false);
    }

    static State withArchived(State state, boolean archived) {
        ObjectNode content = state.content();
        content.put(ARCHIVED, archived);
        return State.of(content);
    }

    /** A flag that is gone serves nobody, as one that is archived; but it cannot be restored. */
    static Progress progress(Task task, State now) {
        if (task instanceof Reversal reversal) {
            return now.isAbsent() ? Progress.FOREIGN : ThreeWay.progress(reversal.after(), reversal.before(), now);
        }
        return now.isAbsent()
                ? Progress.DONE
                : ThreeWay.progress(task.before(), withArchived(task.before(), true), now);
    }
}
