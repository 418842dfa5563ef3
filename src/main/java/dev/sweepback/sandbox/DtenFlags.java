package dev.sweepback.sandbox;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The flags of the story: nine leftovers as rich as real ones, four near misses, ordinary ones around them. */
final class DtenFlags {

    static final List<String> LEFTOVERS = List.of(
            "dten-v2-cache-warmup",
            "dten-v2-dual-billing",
            "dten-v2-edge-routing",
            "dten-v2-hybrid-read",
            "dten-v2-hybrid-write",
            "dten-v2-new-parser",
            "dten-v2-report-engine",
            "dten-v2-schema-shadow",
            "dten-v2-session-bridge");

    private static final String WITH_PARENT = "dten-v2-hybrid-write";

    static final int ORDINARY = 55;
    private static final String PARENT = "dten-core";
    private static final List<String> AREAS =
            List.of("billing", "search", "checkout", "profile", "export", "mail", "admin", "mobile", "audit", "login");
    private static final List<String> TYPES = List.of("release", "operational", "experiment", "permission");

    private final UnleashTwin unleash;
    private int segment;

    DtenFlags(UnleashTwin unleash) {
        this.unleash = unleash;
    }

    void seedOrdinary() {
        segment = unleash.addSegment("early-adopters");
        unleash.addFlag(DtenScenario.PROJECT, PARENT, "operational", "the product itself", List.of("team:platform"));
        unleash.setEnabled(PARENT, "production", true);
        for (int i = 1; i < ORDINARY; i++) {
            String area = AREAS.get(i % AREAS.size());
            String name = "%s-%02d".formatted(area, i);
            unleash.addFlag(
                    DtenScenario.PROJECT,
                    name,
                    TYPES.get(i % TYPES.size()),
                    "a flag of " + area,
                    List.of("team:" + area));
            if (i % 3 != 0) {
                unleash.addStrategy(name, "production", rollout(name, 10 + i));
                unleash.setEnabled(name, "production", true);
            }
            if (i % 2 == 0) {
                unleash.evaluate(name, area + "-service", "production");
            }
        }
    }

    void seedLeftovers() {
        for (String name : LEFTOVERS) {
            addUpgradeFlag(name, DtenScenario.UPGRADE);
        }
        unleash.setParent(WITH_PARENT, PARENT);
        unleash.setEnabled("dten-v2-schema-shadow", "development", false);
        LEFTOVERS.forEach(name -> unleash.evaluate(name, "dten-migrator", "production"));
    }

    void seedNearMisses() {
        addUpgradeFlag(DtenScenario.PROTECTED_FLAG, DtenScenario.UPGRADE);
        addUpgradeFlag(DtenScenario.OTHER_UPGRADE_FLAG, "dten-2.3.1-prod");
        addUpgradeFlag(DtenScenario.FLAG_IN_USE, DtenScenario.UPGRADE);
        addUpgradeFlag(DtenScenario.FLAG_KEPT_BY_HAND, DtenScenario.UPGRADE);
        evaluateInUse();
    }

    void evaluateInUse() {
        unleash.evaluate(DtenScenario.FLAG_IN_USE, "search-service", "production");
    }

    String evaluateForgotten() {
        unleash.evaluate(WITH_PARENT, "nightly-billing", "production");
        return WITH_PARENT;
    }

    private void addUpgradeFlag(String name, String upgrade) {
        unleash.addFlag(
                DtenScenario.PROJECT,
                name,
                "release",
                "served only the rollout of version 2",
                List.of("upgrade:" + upgrade, "team:platform"));
        boolean even = name.length() % 2 == 0;
        for (String environment : List.of("development", "production")) {
            ObjectNode guarded = rollout(name, environment.equals("production") ? 100 : 50);
            guarded.putArray("constraints")
                    .addObject()
                    .put("contextName", "appName")
                    .put("operator", "IN")
                    .put("caseInsensitive", false)
                    .put("inverted", even)
                    .putArray("values")
                    .add("web")
                    .add("api");
            if (even) {
                guarded.putArray("segments").add(segment);
            }
            unleash.addStrategy(name, environment, guarded.put("sortOrder", 1));
            ObjectNode second = Json.object()
                    .put("name", "remoteAddress")
                    .put("title", "office first")
                    .put("sortOrder", 2)
                    .put("disabled", even);
            second.putObject("parameters").put("IPs", "10.20.0.0/16");
            unleash.addStrategy(name, environment, second);
            unleash.setEnabled(name, environment, true);
        }
        unleash.setVariants(name, variants());
    }

    private static ObjectNode rollout(String name, int percent) {
        ObjectNode strategy = Json.object().put("name", "flexibleRollout").put("title", "rollout of " + name);
        strategy.putObject("parameters")
                .put("groupId", name)
                .put("rollout", Integer.toString(Math.min(100, percent)))
                .put("stickiness", "default");
        return strategy;
    }

    private static ArrayNode variants() {
        ArrayNode variants = Json.array();
        for (String name : List.of("old-path", "new-path")) {
            ObjectNode variant = variants.addObject();
            variant.put("name", name).put("weight", 500).put("weightType", "variable");
            variant.put("stickiness", "userId").putArray("overrides");
            variant.putObject("payload").put("type", "string").put("value", name);
        }
        return variants;
    }
}
