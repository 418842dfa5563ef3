package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What applications report about the flags they evaluate; an archived flag moves too. */
final class UnleashMetrics {

    private record Key(String application, String environment, Instant hour) {}

    private record Count(int yes, int no) {}

    private final Clock clock;
    private final UnleashFlags flags;
    private final Map<String, Map<Key, Count>> counts = new HashMap<>();

    UnleashMetrics(Clock clock, UnleashFlags flags) {
        this.clock = clock;
        this.flags = flags;
    }

    void evaluated(String flagName, String application, String environment, int yes, int no) {
        Instant now = clock.instant();
        flags.find(flagName).ifPresent(flag -> {
            flag.seen(environment, yes, no, now);
            counts.computeIfAbsent(flagName, unused -> new TreeMap<>(java.util.Comparator.comparing(Key::toString)))
                    .merge(
                            new Key(application, environment, now.truncatedTo(ChronoUnit.HOURS)),
                            new Count(yes, no),
                            (a, b) -> new Count(a.yes() + b.yes(), a.no() + b.no()));
        });
    }

    TwinResponse post(Call call) {
        ObjectNode body = call.body();
        for (Map.Entry<String, JsonNode> toggle :
                body.path("bucket").path("toggles").properties()) {
            evaluated(
                    toggle.getKey(),
                    Json.text(body, "appName", "unknown"),
                    Json.text(body, "environment", "development"),
                    Json.number(toggle.getValue(), "yes", 0),
                    Json.number(toggle.getValue(), "no", 0));
        }
        return TwinResponse.empty(202);
    }

    TwinResponse ofFlag(Call call) {
        String flag = call.at("flag");
        ObjectNode body = Json.object();
        body.put("version", 1).put("maturity", "stable").put("featureName", flag);
        ObjectNode usage = body.deepCopy();
        ArrayNode applications = Json.array();
        ArrayNode last = usage.putArray("lastHourUsage");
        Set<String> seen = new LinkedHashSet<>();
        counts.getOrDefault(flag, Map.of()).forEach((key, count) -> {
            last.addObject()
                    .put("environment", key.environment())
                    .put("timestamp", UnleashViews.time(key.hour()))
                    .put("yes", count.yes())
                    .put("no", count.no());
            seen.add(key.application());
        });
        seen.forEach(applications::add);
        usage.set("seenApplications", applications);
        return TwinResponse.json(200, usage);
    }
}
