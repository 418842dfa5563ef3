package dev.sweepback.job;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Holds what stands in a file against the shape that it should have. */
final class Structure {

    private final Findings findings;
    /** Whose keys these are, where a file has the same ones for several: {@code  of 'github'}. */
    private final String owner;

    private Structure(Findings findings, String owner) {
        this.findings = findings;
        this.owner = owner;
    }

    static void check(Node node, Shape shape, Findings findings) {
        new Structure(findings, "").check("the file", node, node.place(), shape);
    }

    /** @param key the place of the key, where something about the value as a whole is said */
    private void check(String label, Node node, Place key, Shape shape) {
        if (shape instanceof Shape.Section section) {
            if (node instanceof Node.Mapping mapping) {
                section(label, mapping, key, section);
            } else {
                wrongType(label, node, "a mapping with " + Expected.someOf(section.names()));
            }
        } else if (shape instanceof Shape.Choice choice) {
            choice(label, node, key, choice);
        } else if (shape instanceof Shape.Named named) {
            named(label, node, named);
        } else if (shape instanceof Shape.Listing listing) {
            listing(label, node, listing);
        } else if (shape instanceof Shape.Any) {
            return;
        } else if (node instanceof Node.Scalar scalar) {
            scalar(label, scalar, shape);
        } else {
            wrongType(label, node, Expected.of(shape));
        }
    }

    private void section(String label, Node.Mapping mapping, Place at, Shape.Section section) {
        Set<String> misspelt = new HashSet<>();
        mapping.entries()
                .forEach((name, entry) -> section.keys().stream()
                        .filter(key -> key.name().equals(name))
                        .findFirst()
                        .ifPresentOrElse(key -> known(key, entry), () -> {
                            unknown(name, entry.place(), section);
                            Nearest.to(name, section.names()).ifPresent(misspelt::add);
                        }));
        for (Shape.Key key : section.keys()) {
            // one that is there under a wrong name is not said to be missing as well
            if (key.required() && !mapping.entries().containsKey(key.name()) && !misspelt.contains(key.name())) {
                findings.add(
                        at,
                        label + " lacks the key '" + key.name() + "'",
                        key.name() + ": " + Expected.of(key.shape()),
                        "add it: " + key.description());
            }
        }
        for (Shape.Alternatives alternatives : section.alternatives()) {
            // where all that is there is unknown, it has been said what there is instead
            boolean misunderstood = alternatives.names().stream().anyMatch(misspelt::contains)
                    || (section.isOneChoice() && !mapping.entries().isEmpty() && isUnknown(mapping, section));
            if (!misunderstood) {
                alternatives(label, mapping, at, alternatives);
            }
        }
    }

    private static boolean isUnknown(Node.Mapping mapping, Shape.Section section) {
        return mapping.entries().keySet().stream().noneMatch(section.names()::contains);
    }

    private void alternatives(String label, Node.Mapping mapping, Place at, Shape.Alternatives alternatives) {
        List<String> given = alternatives.names().stream()
                .filter(mapping.entries()::containsKey)
                .toList();
        String expected = "exactly one of " + String.join(", ", alternatives.names());
        if (given.isEmpty()) {
            findings.add(at, label + " does not say " + alternatives.told(), expected, "add one of these keys");
        } else if (given.size() > 1) {
            findings.add(
                    Objects.requireNonNull(mapping.entries().get(given.get(1))).place(),
                    label + " says " + alternatives.told() + " by '" + String.join("' and '", given) + "'",
                    expected,
                    "remove one of them");
        }
    }

    private void known(Shape.Key key, Node.Entry entry) {
        if (key.supported()) {
            check("'" + key.name() + "'" + owner, entry.value(), entry.place(), key.shape());
        } else {
            findings.add(
                    entry.place(),
                    "key '" + key.name() + "' is not supported yet",
                    "a file without it",
                    "remove it: this release would not enforce it");
        }
    }

    private void unknown(String name, Place place, Shape.Section section) {
        List<String> all = section.keys().stream().map(Shape.Key::name).toList();
        String later = Nearest.to(name, all)
                .filter(near -> !section.names().contains(near))
                .map(near -> " It is not supported yet: leave it out.")
                .orElse("");
        findings.add(
                place,
                "unknown key '" + Format.shortened(name) + "'",
                "one of " + String.join(", ", section.names()),
                Nearest.hint(name, all, "remove it, or correct its name") + later);
    }

    private void choice(String label, Node node, Place key, Shape.Choice choice) {
        List<String> types = choice.variants().stream().map(Shape.Variant::type).toList();
        if (!(node instanceof Node.Mapping mapping)) {
            wrongType(label, node, "a mapping with type and the keys of the type");
            return;
        }
        Node type = mapping.get("type").orElse(null);
        if (type == null) {
            findings.add(key, label + " lacks the key 'type'", "type: " + Expected.oneOf(types), "add it");
            return;
        }
        if (type instanceof Node.Scalar broken && choice.broken().contains(broken.text())) {
            findings.add(
                    type.place(),
                    "the description of type '" + broken.text() + "' has problems",
                    "a valid description",
                    "correct its file in the folder connectors first");
            return;
        }
        if (!(type instanceof Node.Scalar scalar) || !types.contains(scalar.text())) {
            check("'type'", type, type.place(), new Shape.Word(types));
            return;
        }
        choice.variants().stream()
                .filter(variant -> variant.type().equals(scalar.text()))
                .forEach(variant -> section(label, mapping, key, variant.section()));
    }

    private void named(String whole, Node node, Shape.Named named) {
        if (!(node instanceof Node.Mapping mapping)) {
            wrongType(whole, node, "a mapping");
            return;
        }
        mapping.entries().forEach((name, entry) -> {
            named.names()
                    .complaint(name)
                    .ifPresent(complaint -> findings.add(
                            entry.place(),
                            "the name " + complaint.what(),
                            named.names().expected(),
                            complaint.hint()));
            String label = "'" + Format.shortened(name) + "'";
            Structure within = named.value() instanceof Shape.Choice ? new Structure(findings, " of " + label) : this;
            within.check(label, entry.value(), entry.place(), named.value());
        });
    }

    private void listing(String label, Node node, Shape.Listing listing) {
        if (!(node instanceof Node.Sequence sequence)) {
            wrongType(label, node, "a list");
            return;
        }
        if (listing.filled() && sequence.items().isEmpty()) {
            findings.add(sequence.place(), label + " is an empty list", "at least one item", "add one");
        }
        for (Node item : sequence.items()) {
            check("an item of " + label, item, item.place(), listing.item());
        }
    }

    private void scalar(String label, Node.Scalar scalar, Shape shape) {
        if (shape instanceof Shape.Count number) {
            number(label, scalar, number);
        } else if (shape instanceof Shape.Flag) {
            if (scalar.type() != Node.Scalar.Type.BOOLEAN) {
                wrongType(label, scalar, Expected.of(shape));
            }
        } else if (shape instanceof Shape.Time && scalar.type() == Node.Scalar.Type.NUMBER) {
            findings.add(
                    scalar.place(), label + " is a number", Format.DURATION.expected(), Durations.hint(scalar.text()));
        } else if (scalar.type() != Node.Scalar.Type.TEXT) {
            wrongType(label, scalar, Expected.of(shape));
        } else if (shape instanceof Shape.Word word) {
            word(label, scalar, word);
        } else if (shape instanceof Shape.Time time) {
            time(label, scalar, time);
        } else if (shape instanceof Shape.Text text) {
            text.format()
                    .complaint(scalar.text())
                    .ifPresent(complaint -> findings.add(
                            scalar.place(),
                            label + ": " + complaint.what(),
                            text.format().expected(),
                            complaint.hint()));
        }
    }

    private void word(String label, Node.Scalar scalar, Shape.Word word) {
        boolean later = word.others()
                .filter(format -> format.complaint(scalar.text()).isEmpty())
                .isPresent();
        if (!later && !word.words().contains(scalar.text())) {
            findings.add(
                    scalar.place(),
                    label + " is '" + Format.shortened(scalar.text()) + "'",
                    Expected.oneOf(word.words()),
                    Nearest.hint(scalar.text(), word.words(), "correct it"));
        }
    }

    private void number(String label, Node.Scalar scalar, Shape.Count number) {
        if (scalar.type() != Node.Scalar.Type.NUMBER) {
            wrongType(label, scalar, Expected.of(number));
            return;
        }
        boolean plain = scalar.text().matches("0|[1-9]\\d{0,8}");
        if (!plain
                || Integer.parseInt(scalar.text()) < number.from()
                || Integer.parseInt(scalar.text()) > number.to()) {
            findings.add(
                    scalar.place(),
                    label + " is " + Format.shortened(scalar.text()),
                    Expected.of(number),
                    "correct the number");
        }
    }

    private void time(String label, Node.Scalar scalar, Shape.Time time) {
        try {
            Duration duration = Durations.parse(scalar.text());
            if (duration.isZero() && !time.zero()) {
                findings.add(scalar.place(), label + " is zero", "more than zero", "write a longer time");
            }
        } catch (IllegalArgumentException e) {
            String hint = scalar.text().lines().count() > 1 || scalar.text().endsWith("\n")
                    ? "write it in one line"
                    : Durations.hint(scalar.text());
            findings.add(scalar.place(), label + ": " + e.getMessage(), Format.DURATION.expected(), hint);
        }
    }

    private void wrongType(String label, Node node, String expected) {
        boolean quotable = node instanceof Node.Scalar scalar
                && (scalar.type() == Node.Scalar.Type.NUMBER || scalar.type() == Node.Scalar.Type.BOOLEAN)
                && !expected.startsWith("a mapping")
                && !expected.equals(Expected.TRUE_OR_FALSE)
                && !expected.startsWith("a list");
        boolean empty = node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NOTHING;
        String hint = "correct it";
        if (empty) {
            hint = "write a value, or remove the key";
        } else if (quotable) {
            hint = "put it in quotes";
        } else if (expected.equals("a list")) {
            hint = "put it in brackets: [ … ]";
        }
        findings.add(node.place(), label + " is " + node.noun(), expected, hint);
    }
}
