package dev.sweepback.job;

import dev.sweepback.connector.Descriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks that the places in a description can be filled in where they stand. */
final class PlaceChecks {

    private final List<Descriptor.Key> keys;
    private final Findings findings;

    PlaceChecks(List<Descriptor.Key> keys, Findings findings) {
        this.keys = keys;
        this.findings = findings;
    }

    /**
     * A text with places, checked.
     *
     * @param secrets whether secrets may stand in it
     */
    Optional<Template> template(Values values, String key, Set<Template.From> allowed, boolean secrets) {
        try {
            Template template = Template.parse(values.text(key));
            template.places().forEach(place -> place(place, values.place(key), allowed, secrets));
            return Optional.of(template);
        } catch (IllegalArgumentException e) {
            findings.add(
                    values.place(key),
                    "'" + key + "': " + e.getMessage(),
                    placesExpected(allowed, secrets),
                    "correct it");
            return Optional.empty();
        }
    }

    private void place(Template.Place place, Place at, Set<Template.From> allowed, boolean secrets) {
        if (place.from() != Template.From.KEY) {
            if (!allowed.contains(place.from())) {
                findings.add(
                        at,
                        place.written() + " cannot be filled in here",
                        placesExpected(allowed, secrets),
                        place.from() == Template.From.ETAG ? "put it into 'headers'" : "use another place");
            }
            return;
        }
        Optional<Descriptor.Key> key = key(place.name());
        if (key.isEmpty()) {
            List<String> names = words(allowed, secrets);
            findings.add(
                    at,
                    "there is no " + place.written(),
                    placesExpected(allowed, secrets),
                    Nearest.hint(
                            place.name(), names, "declare '" + place.name() + "' under 'connection', or correct it"));
        } else if (key.get().secret() && !secrets) {
            findings.add(
                    at,
                    "the secret " + place.written() + " would stand where it can be logged",
                    "secrets in 'headers' of the whole alone",
                    "move it there");
        } else if (!key.get().required() && !secrets) {
            findings.add(
                    at,
                    place.written() + " may be missing: the key is not required",
                    "a required key",
                    "let it be required, or use it in 'headers' alone, which are left out without it");
        }
    }

    Optional<Descriptor.Key> key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private String placesExpected(Set<Template.From> allowed, boolean secrets) {
        List<String> words = words(allowed, secrets);
        return words.isEmpty() ? "no place" : "one of {" + String.join("}, {", words) + "}";
    }

    private List<String> words(Set<Template.From> allowed, boolean secrets) {
        List<String> words = new ArrayList<>();
        keys.stream()
                .filter(key -> secrets || !key.secret())
                .map(Descriptor.Key::name)
                .forEach(words::add);
        for (Template.From from : Template.From.values()) {
            if (allowed.contains(from)) {
                switch (from) {
                    case KEY -> {}
                    case ID -> words.add("id");
                    case PROBE -> words.add("probe");
                    case STATE -> words.add("/POINTER");
                    case WHOLE -> words.add("state");
                    case DECODED -> words.add("base64:/POINTER");
                    case NOW -> words.add("now:/POINTER");
                    case ETAG -> words.add("etag");
                }
            }
        }
        return words;
    }

    /**
     * Every text of a body.
     *
     * @param whole whether it is all of the body
     */
    void body(Node node, Set<Template.From> allowed, boolean whole) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(entry -> body(entry.value(), allowed, false));
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> body(item, allowed, false));
        } else if (node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.TEXT) {
            bodyText(scalar, allowed, whole);
        }
    }

    private void bodyText(Node.Scalar scalar, Set<Template.From> allowed, boolean whole) {
        try {
            Optional<Template.Place> alone = Template.alone(scalar.text());
            if (alone.isPresent()) {
                Set<Template.From> here = new HashSet<>(allowed);
                if (whole && allowed.contains(Template.From.STATE)) {
                    here.add(Template.From.DECODED);
                }
                place(alone.get(), scalar.place(), here, false);
                return;
            }
        } catch (IllegalArgumentException e) {
            findings.add(
                    scalar.place(),
                    String.valueOf(e.getMessage()),
                    placesExpected(allowed, false),
                    "correct it: a text in braces that fills a value of a body is always a place");
            return;
        }
        if (mixed(scalar.text())) {
            findings.add(
                    scalar.place(),
                    "a place in a body stands alone, this text has more",
                    "a text that is nothing but one place",
                    "let the place be the whole text, or write the text without it");
        }
    }

    private boolean mixed(String text) {
        try {
            return Template.parse(text).places().stream()
                    .anyMatch(place -> place.from() != Template.From.KEY
                            || key(place.name()).isPresent());
        } catch (IllegalArgumentException e) {
            // braces that mean nothing to us
            return false;
        }
    }
}
