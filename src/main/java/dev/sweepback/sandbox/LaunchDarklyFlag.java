package dev.sweepback.sandbox;

import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One flag, as the documentation's examples show it. */
final class LaunchDarklyFlag {

    private static final String ARCHIVED = "/archived";

    private final ObjectNode json;

    private LaunchDarklyFlag(ObjectNode json) {
        this.json = json;
    }

    static LaunchDarklyFlag create(String key, List<String> tags, Instant now) {
        ObjectNode json = Json.object();
        json.put("name", "Flag " + key).put("kind", "boolean").put("description", "made for " + key);
        json.put("key", key).put("_version", 1).put("creationDate", now.toEpochMilli());
        json.put("includeInSnippet", false).put("temporary", true).put("archived", false);
        json.put("deprecated", false).put("maintainerId", "569f183514f4432160000007");
        json.putArray("variations").addObject().put("_id", "v-on").put("value", true);
        json.withArray("variations").addObject().put("_id", "v-off").put("value", false);
        json.set("tags", Json.array(tags));
        json.putObject("defaults").put("onVariation", 0).put("offVariation", 1);
        json.putObject("_links").putObject("self").put("href", "/api/v2/flags/checkout/" + key);
        ObjectNode maintainer = json.putObject("_maintainer");
        maintainer.put("email", "ariel@acme.example").put("_id", "569f183514f4432160000007");
        maintainer.putObject("_links").putObject("self").put("href", "/api/v2/members/569f183514f4432160000007");
        json.putObject("environments").set("production", environment(key + "-production", now));
        json.withObject("/environments").set("test", environment(key + "-test", now));
        return new LaunchDarklyFlag(json);
    }

    private static ObjectNode environment(String salt, Instant now) {
        ObjectNode environment = Json.object();
        environment.put("on", true).put("archived", false).put("salt", salt).put("version", 7);
        environment.put("lastModified", now.toEpochMilli()).put("offVariation", 1);
        environment.putObject("fallthrough").put("variation", 0);
        environment
                .putArray("targets")
                .addObject()
                .put("variation", 0)
                .putArray("values")
                .add("user-1");
        environment.putObject("_site").put("href", "/checkout/features/" + salt);
        environment.putObject("_summary").putObject("variations");
        return environment;
    }

    boolean isArchived() {
        return json.path("archived").booleanValue();
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    ObjectNode json() {
        return json.deepCopy();
    }

    /** An entry of the list: without environments, unless some are asked for. */
    ObjectNode summary() {
        ObjectNode summary = json();
        summary.remove("environments");
        return summary;
    }

    /** Archiving stamps the flag and shows in each environment; every change counts. */
    void replace(String pointer, JsonNode value, Instant now) {
        JsonPointer path = JsonPointer.compile(pointer);
        if (json.at(path.head()) instanceof ObjectNode parent) {
            parent.set(path.last().getMatchingProperty(), value);
        }
        json.put("_version", json.path("_version").intValue() + 1);
        if (pointer.equals(ARCHIVED)) {
            archive(now);
        }
    }

    private void archive(Instant now) {
        if (isArchived()) {
            json.put("archivedDate", now.toEpochMilli());
        } else {
            json.remove("archivedDate");
        }
        for (JsonNode environment : json.path("environments")) {
            ((ObjectNode) environment)
                    .put("archived", isArchived())
                    .put("version", environment.path("version").intValue() + 1)
                    .put("lastModified", now.toEpochMilli());
        }
    }

    ObjectNode dump() {
        ObjectNode dump = json();
        ObjectNode bookkeeping = Json.object();
        for (String name : List.of("_version", "archivedDate")) {
            if (dump.has(name)) {
                bookkeeping.set(name, dump.remove(name));
            }
        }
        dump.path("environments").forEachEntry((name, environment) -> {
            bookkeeping.set(name + ".version", ((ObjectNode) environment).remove("version"));
            bookkeeping.set(name + ".lastModified", ((ObjectNode) environment).remove("lastModified"));
        });
        dump.set("bookkeeping", bookkeeping);
        return dump;
    }
}
