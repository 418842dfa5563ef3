package dev.sweepback.plan;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Instructions in plans and in the journal; what a step does not say is left out. */
public final class InstructionsJson {

    /** In the entry that announces an operation. */
    public static final String KEY = "instructions";

    private static final String SCOPE = "scope";
    private static final String HANDOVER = "handover";
    private static final String SECRET = "secretRef";
    private static final String COLLATERAL = "collateral";

    private InstructionsJson() {}

    public static ObjectNode write(Instructions instructions) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        if (!instructions.scope().keys().isEmpty()) {
            ObjectNode scope = node.putObject(SCOPE);
            new TreeMap<>(instructions.scope().keys()).forEach(scope::put);
        }
        Handover handover = instructions.handover();
        handover.connection()
                .ifPresent(connection ->
                        node.putObject(HANDOVER).put("connection", connection).put("path", handover.path()));
        instructions.secretRef().ifPresent(secret -> node.put(SECRET, secret.toString()));
        if (instructions.acceptsCollateral()) {
            node.put(COLLATERAL, "accept");
        }
        return node;
    }

    /** Reads what {@link #write} wrote, also in between other fields. */
    public static Instructions read(JsonNode node) {
        Map<String, String> scope = new HashMap<>();
        node.path(SCOPE)
                .properties()
                .forEach(key -> scope.put(key.getKey(), key.getValue().asString()));
        JsonNode handover = node.path(HANDOVER);
        return new Instructions(
                new Scope(scope),
                handover.isObject()
                        ? new Handover(
                                Optional.of(handover.path("connection").asString()),
                                handover.path("path").asString())
                        : Handover.LOCAL,
                Optional.ofNullable(node.get(SECRET)).map(text -> SecretRef.parse(text.asString(), Path.of(""))),
                node.has(COLLATERAL));
    }
}
