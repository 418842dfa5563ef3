package dev.sweepback.job;

import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Segments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a step selects: where it looks, and which of what is there. */
final class StepSelect {

    private static final String WHERE = "where";

    private final Source source;
    private final Findings findings;

    StepSelect(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    Scope scope(Values step, Descriptor descriptor) {
        Values select = step.section("select");
        Map<String, String> keys = new LinkedHashMap<>();
        List<String> known =
                descriptor.selectKeys().stream().map(Descriptor.Key::name).toList();
        for (String name : select.names()) {
            if (known.contains(name)) {
                keys.put(name, select.text(name));
                requireStraight(select, name);
            } else if (!name.equals(WHERE)) {
                findings.add(
                        select.keyPlace(name),
                        "kind " + descriptor.kind() + " cannot be selected by '" + name + "'",
                        known.isEmpty() ? WHERE : "one of " + WHERE + ", " + String.join(", ", known),
                        "remove it, or correct the kind");
            }
        }
        for (Descriptor.Key key : descriptor.selectKeys()) {
            if (select.has(key.name()) && key.form() == Descriptor.Key.Form.KEY_VALUE_PATH) {
                KeyValuePath.checkSelect(key.name(), select.text(key.name()), select.place(key.name()), findings);
            }
            if (key.required() && !select.has(key.name())) {
                findings.add(
                        step.keyPlace(step.has("select") ? "select" : "kind"),
                        "kind " + descriptor.kind() + " needs '" + key.name() + "' in 'select'",
                        key.name() + ": " + Format.TEXT.expected(),
                        "add it: " + key.description());
            }
        }
        return new Scope(keys);
    }

    private void requireStraight(Values select, String name) {
        Segments.unusable(select.text(name).replaceAll("^/+|/+$", ""))
                .ifPresent(segment -> findings.add(
                        select.place(name),
                        "'" + name + "' has the part '" + segment + "', which is no place of its own",
                        "a path like database/creds/ROLE",
                        "write the whole path, with neither '.', '..' nor doubled slashes"));
    }

    Optional<Condition> condition(Values step, Descriptor descriptor) {
        Values select = step.section("select");
        return select.find(WHERE).flatMap(text -> compiled(text, select.contentPlace(WHERE), descriptor));
    }

    private Optional<Condition> compiled(String text, Place place, Descriptor descriptor) {
        try {
            return Optional.of(Condition.compile(text, descriptor.fields(), place));
        } catch (ConditionException e) {
            findings.add(WrittenAt.place(source, place, text, e.line(), e.column()), e.what(), e.expected(), e.hint());
            return Optional.empty();
        }
    }
}
