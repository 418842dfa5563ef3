package dev.sweepback.plan;

import dev.sweepback.connector.Use;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a system told about the use of a resource, as evidence in plans and in the journal. Field names are public contract. */
public final class UseJson {

    /** In an operation of a plan, and in the intent that announces it. */
    public static final String KEY = "use";

    private static final String FOUND = "found";
    private static final String USED = "used";
    private static final String NEVER = "never used";
    private static final String UNKNOWN = "not known";
    private static final String NOT_TOLD = "not told";

    private UseJson() {}

    public static ObjectNode write(Use use) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        if (use instanceof Use.At at) {
            return node.put(FOUND, USED).put("at", at.instant().toString());
        }
        if (use instanceof Use.NeverSince since) {
            return node.put(FOUND, NEVER).put("since", since.instant().toString());
        }
        return node.put(FOUND, use instanceof Use.Unknown ? UNKNOWN : NOT_TOLD);
    }

    /** Empty where nothing is recorded: in a revert, and by versions that did not record it. */
    public static Optional<Use> read(JsonNode node) {
        return switch (node.path(FOUND).asString("")) {
            case USED -> Optional.of(new Use.At(Instant.parse(node.path("at").asString())));
            case NEVER ->
                Optional.of(new Use.NeverSince(Instant.parse(node.path("since").asString())));
            case UNKNOWN -> Optional.of(new Use.Unknown());
            case NOT_TOLD -> Optional.of(new Use.NotTold());
            default -> Optional.empty();
        };
    }

    /** For people. */
    public static String text(Use use) {
        if (use instanceof Use.At at) {
            return "last used at " + at.instant();
        }
        if (use instanceof Use.NeverSince since) {
            return "never used since " + since.instant();
        }
        return use instanceof Use.Unknown ? "not known when it was last used" : "its system does not tell of use";
    }
}
