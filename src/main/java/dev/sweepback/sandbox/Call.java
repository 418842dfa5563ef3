package dev.sweepback.sandbox;

import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** A request together with what its route read from the path. */
record Call(TwinRequest request, Map<String, String> variables) {

    String at(String variable) {
        return Objects.requireNonNull(variables.get(variable), variable);
    }

    ObjectNode body() {
        return request.body().isBlank() ? Json.object() : Json.parseObject(request.body());
    }
}
