package dev.sweepback.gate;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The gate as users see it. Field names are public contract. */
public final class GateJson {

    private GateJson() {}

    public static ObjectNode toJson(String job, String upgrade, GateState state) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("job", job);
        node.put("upgrade", upgrade);
        node.put("state", state.word());
        node.put("retryAt", state.retryAt().map(Object::toString).orElse(null));
        ArrayNode conditions = node.putArray("conditions");
        for (GateState.Answer answer : state.answers()) {
            conditions
                    .addObject()
                    .put("name", answer.condition())
                    .put("state", answer.verdict().word())
                    .put("reason", answer.verdict().reason())
                    .put("evidence", answer.verdict().evidence())
                    .put(
                            "retryAt",
                            answer.verdict().retryAt().map(Object::toString).orElse(null));
        }
        return node;
    }
}
