package dev.sweepback.adapter.vault;

import io.github.jopenlibs.vault.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Content as the driver takes it: by its own JSON types. */
final class DriverJson {

    private DriverJson() {}

    static Map<String, Object> of(ObjectNode content) {
        Map<String, Object> map = new LinkedHashMap<>();
        content.properties()
                .forEach(entry ->
                        map.put(entry.getKey(), Json.parse(entry.getValue().toString())));
        return map;
    }
}
