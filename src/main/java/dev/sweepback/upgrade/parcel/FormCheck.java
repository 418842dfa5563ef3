package dev.sweepback.upgrade.parcel;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Holds a value against its form. */
final class FormCheck {

    private final Spelling spelling;

    FormCheck(Spelling spelling) {
        this.spelling = spelling;
    }

    /** The first thing that is wrong, with its place as a JSON pointer. */
    Optional<String> complaint(String place, JsonNode node, Form form) {
        if (form instanceof Form.Section section) {
            return section(place, node, section);
        }
        if (form instanceof Form.Listing listing) {
            return listing(place, node, listing);
        }
        if (form instanceof Form.Word word) {
            return word(place, node, word);
        }
        if (form instanceof Form.Text text) {
            return text(place, node, text);
        }
        return count(place, node, (Form.Count) form);
    }

    private Optional<String> section(String place, JsonNode node, Form.Section section) {
        if (!node.isObject()) {
            return wrong(place, "is no object");
        }
        List<String> names = section.keys().stream().map(Form.Key::name).toList();
        for (String name : node.propertyNames()) {
            if (!names.contains(name)) {
                return wrong(
                        place,
                        "has an unknown key " + Shown.quoted(name) + ": "
                                + spelling.hint(name, names, "it has " + String.join(", ", names)));
            }
        }
        for (Form.Key key : section.keys()) {
            JsonNode value = node.get(key.name());
            if (value == null) {
                if (key.required()) {
                    return wrong(place, "lacks the key '" + key.name() + "': " + key.description());
                }
                continue;
            }
            Optional<String> complaint = complaint(place + "/" + key.name(), value, key.form());
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private Optional<String> listing(String place, JsonNode node, Form.Listing listing) {
        if (!node.isArray()) {
            return wrong(place, "is no array");
        }
        if (node.size() < listing.fewest() || node.size() > listing.most()) {
            return wrong(place, "has " + node.size() + " items, not " + listing.fewest() + " to " + listing.most());
        }
        for (int index = 0; index < node.size(); index++) {
            Optional<String> complaint = complaint(place + "/" + index, node.get(index), listing.item());
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private Optional<String> word(String place, JsonNode node, Form.Word word) {
        if (node.isString() && word.words().contains(node.asString())) {
            return Optional.empty();
        }
        String expected = "write " + String.join(", ", word.words());
        return node.isString()
                ? wrong(
                        place,
                        "is " + Shown.quoted(node.asString()) + ": "
                                + spelling.hint(node.asString(), word.words(), expected))
                : wrong(place, "is no text: " + expected);
    }

    private static Optional<String> text(String place, JsonNode node, Form.Text text) {
        if (!node.isString()) {
            return wrong(place, "is no text: write " + text.expected());
        }
        String value = node.asString();
        if (value.codePointCount(0, value.length()) > text.longest()) {
            return wrong(place, "is longer than " + text.longest() + " characters");
        }
        return text.pattern().matcher(value).matches()
                ? Optional.empty()
                : wrong(place, "is " + Shown.quoted(value) + ": write " + text.expected());
    }

    private static Optional<String> count(String place, JsonNode node, Form.Count count) {
        boolean right = node.isNumber()
                && node.canConvertToExactIntegral()
                && node.canConvertToLong()
                && node.asLong() >= count.from()
                && node.asLong() <= count.to();
        return right ? Optional.empty() : wrong(place, "is no whole number from " + count.from() + " to " + count.to());
    }

    private static Optional<String> wrong(String place, String what) {
        return Optional.of((place.isEmpty() ? "the manifest" : place) + " " + what);
    }
}
