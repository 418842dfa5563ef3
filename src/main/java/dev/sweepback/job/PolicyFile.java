package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Reversibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes a policy of a file that has the right structure. What a file leaves out is as in the careful policy. */
final class PolicyFile {

    private PolicyFile() {}

    static Policy read(Node node, Source source, Catalog catalog, Findings findings) {
        Values file = Values.of(node);
        Values spec = file.section("spec");
        Policy careful = Policy.careful();
        Values waves = spec.section("waves");
        return new Policy(
                file.section("metadata").text("name"),
                limits(spec.section("limits")),
                protections(spec, catalog, findings),
                spec.find("reversibility")
                        .map(word -> Reversibility.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(careful.weakest()),
                spec.duration("minIdle", careful.minIdle()),
                new Policy.Waves(
                        waves.number("size", careful.waves().size()),
                        waves.duration("pause", careful.waves().pause())),
                spec.number("stopAfterFailures", careful.stopAfterFailures()),
                spec.rate("rate"),
                PermitsSection.read(spec, careful.permits(), findings),
                source);
    }

    private static Policy.Limits limits(Values values) {
        Policy.Limits general = limits(values, Policy.Limits.CAREFUL, Map.of());
        Map<String, Policy.Limits> byKind = new LinkedHashMap<>();
        Values kinds = values.section("byKind");
        for (String kind : kinds.names()) {
            byKind.put(kind, limits(kinds.section(kind), general, Map.of()));
        }
        return limits(values, Policy.Limits.CAREFUL, byKind);
    }

    private static Policy.Limits limits(Values values, Policy.Limits otherwise, Map<String, Policy.Limits> byKind) {
        return new Policy.Limits(
                values.number("maxOperations", otherwise.maxOperations()),
                values.number("maxPercent", otherwise.maxPercent()),
                values.number("minPopulation", otherwise.minPopulation()),
                values.number("maxDrop", otherwise.maxDrop()),
                values.number("always", otherwise.always()),
                byKind);
    }

    private static List<Protection> protections(Values spec, Catalog catalog, Findings findings) {
        List<String> kinds = new ArrayList<>(Shapes.kinds(catalog));
        kinds.add("*");
        List<Protection> found = new ArrayList<>();
        for (Node item : spec.items("protect")) {
            Protection protection = Protection.parse(Values.scalar(item));
            if (!kinds.contains(protection.kind())) {
                findings.add(
                        item.place(),
                        "'protect' names an unknown kind '" + Format.shortened(protection.kind()) + "'",
                        "one of " + String.join(", ", kinds),
                        Nearest.hint(protection.kind(), kinds, "it would protect nothing: correct it"));
            }
            found.add(protection);
        }
        return found;
    }
}
