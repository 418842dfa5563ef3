package dev.sweepback.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a policy allows to be acted on. */
final class AllowSection {

    private static final String KEY = "allow";
    private static final String CONNECTIONS = "connections";
    private static final String LABELS = "labels";

    private AllowSection() {}

    static Shape.Section shape() {
        return Shapes.section(
                Shape.Key.optional(CONNECTIONS, new Shape.Listing(Shapes.NAME, true), "operations on these alone"),
                Shape.Key.optional(
                        LABELS, new Shape.Named(Format.NAME, Shapes.LINE), "jobs alone that have all of these labels"));
    }

    static Allow read(Values spec, Findings findings) {
        if (!spec.has(KEY)) {
            return Allow.ALL;
        }
        Values allow = spec.section(KEY);
        Map<String, String> labels = new LinkedHashMap<>();
        Values listed = allow.section(LABELS);
        listed.names().forEach(name -> labels.put(name, listed.text(name)));
        boolean connections = allow.has(CONNECTIONS);
        if (labels.isEmpty() && (allow.has(LABELS) || !connections)) {
            findings.add(
                    allow.has(LABELS) ? allow.place(LABELS) : spec.place(KEY),
                    allow.has(LABELS) ? "'labels' is empty" : "'allow' is empty",
                    "connections: [NAME, …], or labels: {NAME: VALUE}",
                    "say what is allowed, or remove it: without it everything is");
        }
        return new Allow(connections ? Optional.of(names(allow)) : Optional.empty(), labels);
    }

    /** Nothing would ever be acted on there; the file is used as it is, and refuses more than somebody meant. */
    static void warnOfStrangers(Values spec, Settings settings, Findings findings) {
        for (Node item : spec.section(KEY).items(CONNECTIONS)) {
            String name = Values.scalar(item);
            if (settings.connection(name).isEmpty()) {
                List<String> known = new ArrayList<>(settings.connections().keySet());
                findings.warn(
                        item.place(),
                        "'allow' names connection '" + Format.shortened(name) + "', which the settings do not know",
                        "one of " + String.join(", ", known),
                        Nearest.hint(name, known, "correct it, or add the connection to the settings"));
            }
        }
    }

    private static List<String> names(Values allow) {
        return allow.items(CONNECTIONS).stream().map(Values::scalar).toList();
    }
}
