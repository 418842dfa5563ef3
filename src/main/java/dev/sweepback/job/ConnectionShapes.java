package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of connections: the common ones, and those that the connectors of a type declare. */
final class ConnectionShapes {

    private ConnectionShapes() {}

    static Shape.Choice all(Catalog catalog, Set<String> brokenTypes) {
        return new Shape.Choice(
                catalog.types().stream()
                        .map(type -> new Shape.Variant(type, connection(type, catalog)))
                        .toList(),
                Optional.of(Format.DESCRIBED_TYPE),
                brokenTypes);
    }

    private static Shape.Section connection(String type, Catalog catalog) {
        List<Shape.Key> keys = new ArrayList<>(List.of(
                Shape.Key.required("type", new Shape.Word(List.of(type)), "the kind of system"),
                Shape.Key.required("url", new Shape.Text(Format.URL), "its address; http for loopback only"),
                Shape.Key.optional("environment", Shapes.NAME, "the settings' without it"),
                Shape.Key.optional("concurrency", new Shape.Count(1, 64), "requests at once; 4 without it"),
                Shape.Key.optional(
                        "timeouts",
                        Shapes.section(
                                Shape.Key.optional("connect", Shapes.TIME, "to connect; 5s without it"),
                                Shape.Key.optional("response", Shapes.TIME, "to the answer; 15s without it"),
                                Shape.Key.optional("whole", Shapes.TIME, "for the whole exchange; 30s without it")),
                        "how long to wait"),
                Shape.Key.optional("rate", Shapes.rate("requests"), "how fast it may be asked"),
                Shape.Key.optional(
                        "caFile",
                        Shapes.LINE,
                        "a PEM file with the certificates to trust, relative to this file; Java's without it"),
                Shape.Key.optional("proxy", proxy(), "an HTTP proxy to it; environment variables name none")));
        List<Descriptor.Key> own = catalog.ofType(type).get(0).connectionKeys();
        keys.addAll(nested(own, ""));
        return new Shape.Section(keys, alternatives(own));
    }

    /** The keys of the connection itself of which there is exactly one, by what they tell. */
    private static List<Shape.Alternatives> alternatives(List<Descriptor.Key> keys) {
        Map<String, List<String>> byChoice = new LinkedHashMap<>();
        for (Descriptor.Key key : keys) {
            if (!key.choice().isEmpty() && key.name().indexOf('.') < 0) {
                byChoice.computeIfAbsent(key.choice(), choice -> new ArrayList<>())
                        .add(key.name());
            }
        }
        return byChoice.entrySet().stream()
                .map(choice -> new Shape.Alternatives(choice.getKey(), choice.getValue()))
                .toList();
    }

    private static Shape.Section proxy() {
        return Shapes.section(
                Shape.Key.required("url", new Shape.Text(Format.PROXY), "its address"),
                Shape.Key.optional("user", Shapes.LINE, "if it asks who comes"),
                Shape.Key.optional("password", new Shape.Text(Format.SECRET), "the user's"));
    }

    /** Keys with a dot in the name become sections. */
    private static List<Shape.Key> nested(List<Descriptor.Key> keys, String prefix) {
        Map<String, List<Descriptor.Key>> byHead = new LinkedHashMap<>();
        for (Descriptor.Key key : keys) {
            String head = key.name().substring(prefix.length()).split("\\.", 2)[0];
            byHead.computeIfAbsent(head, name -> new ArrayList<>()).add(key);
        }
        List<Shape.Key> shapes = new ArrayList<>();
        byHead.forEach((head, below) -> {
            String name = prefix + head;
            if (below.size() == 1 && below.get(0).name().equals(name)) {
                Descriptor.Key key = below.get(0);
                shapes.add(new Shape.Key(head, key.required(), true, value(key.form()), key.description()));
            } else {
                shapes.add(new Shape.Key(head, isNeeded(below), true, nestedSection(below, name + "."), head));
            }
        });
        return shapes;
    }

    /** A section one of whose keys is a choice has exactly one of its keys. */
    private static Shape.Section nestedSection(List<Descriptor.Key> keys, String prefix) {
        List<Shape.Key> shapes = nested(keys, prefix);
        return keys.stream()
                .filter(key -> !key.choice().isEmpty() && key.name().indexOf('.', prefix.length()) < 0)
                .findFirst()
                .map(key -> new Shape.Section(
                        shapes.stream().map(Shape.Key::notRequired).toList(),
                        List.of(new Shape.Alternatives(
                                key.choice(),
                                shapes.stream().map(Shape.Key::name).toList()))))
                .orElseGet(() -> new Shape.Section(shapes));
    }

    private static boolean isNeeded(List<Descriptor.Key> below) {
        return below.stream().anyMatch(key -> key.required() || !key.choice().isEmpty());
    }

    private static Shape value(Descriptor.Key.Form form) {
        return switch (form) {
            case TEXT, FILE, KEY_VALUE_PATH -> Shapes.LINE;
            case SECRET -> new Shape.Text(Format.SECRET);
            case TIME -> Shapes.TIME;
        };
    }
}
