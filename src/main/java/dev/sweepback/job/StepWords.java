package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import java.util.List;

/** Holds kind and actions of a step against all that there are, where it is not known on which connection it acts. */
final class StepWords {

    private final Catalog catalog;
    private final boolean all;
    private final Findings findings;

    /** @param all whether there are no other words than those of the catalog */
    StepWords(Catalog catalog, boolean all, Findings findings) {
        this.catalog = catalog;
        this.all = all;
        this.findings = findings;
    }

    void check(Values step) {
        check(step, "kind", Shapes.kinds(catalog));
        check(step, "action", Shapes.actions(catalog));
        check(step, "then", Shapes.actions(catalog));
    }

    private void check(Values step, String key, List<String> known) {
        step.find(key)
                .filter(word -> all && !known.contains(word))
                .ifPresent(word -> findings.add(
                        step.place(key),
                        "'" + key + "' is '" + Format.shortened(word) + "'",
                        "one of " + String.join(", ", known),
                        Nearest.hint(word, known, "correct it")));
    }
}
