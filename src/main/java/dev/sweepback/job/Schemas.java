package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of the files, for editors: made from the table that the loader follows. */
public final class Schemas {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Schemas() {}

    public static String job(Catalog catalog) {
        return schema("Sweepback job", Shapes.job(catalog));
    }

    public static String policy(Catalog catalog) {
        return schema("Sweepback policy", Shapes.policy(catalog));
    }

    public static String settings(Catalog catalog) {
        return schema("Sweepback settings", Shapes.settings(catalog, Set.of()));
    }

    /** The schema of a description of a system; the same in every workspace. */
    public static String connector() {
        return schema("Sweepback connector", DescriptionShapes.file());
    }

    private static String schema(String title, Shape shape) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", title);
        schema.setAll(of(shape));
        return JSON.writeValueAsString(schema) + "\n";
    }

    private static ObjectNode of(Shape shape) {
        ObjectNode schema = JSON.createObjectNode();
        if (shape instanceof Shape.Section section) {
            section(schema, section);
        } else if (shape instanceof Shape.Choice choice) {
            choice(schema, choice);
        } else if (shape instanceof Shape.Named named) {
            schema.put("type", "object");
            schema.putObject("propertyNames").put("pattern", named.names().pattern());
            schema.set("additionalProperties", of(named.value()));
        } else if (shape instanceof Shape.Listing listing) {
            schema.put("type", "array");
            schema.set("items", of(listing.item()));
            if (listing.filled()) {
                schema.put("minItems", 1);
            }
        } else if (shape instanceof Shape.Count number) {
            schema.put("type", "integer").put("minimum", number.from()).put("maximum", number.to());
        } else if (shape instanceof Shape.Word word) {
            words(schema.put("type", "string"), word.words(), word.others());
        } else if (shape instanceof Shape.Flag) {
            schema.put("type", "boolean");
        } else if (shape instanceof Shape.Time) {
            schema.put("type", "string").put("pattern", Format.DURATION.pattern());
        } else if (shape instanceof Shape.Text text) {
            schema.put("type", "string").put("pattern", text.format().pattern());
        }
        return schema;
    }

    private static void section(ObjectNode schema, Shape.Section section) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Shape.Key key : section.keys()) {
            if (key.supported()) {
                ObjectNode property = JSON.createObjectNode();
                property.put("description", key.description());
                property.setAll(of(key.shape()));
                properties.set(key.name(), property);
            }
        }
        List<String> required = section.keys().stream()
                .filter(Shape.Key::required)
                .map(Shape.Key::name)
                .toList();
        if (!required.isEmpty()) {
            words(schema.putArray("required"), required);
        }
        for (Shape.Alternatives alternatives : section.alternatives()) {
            ArrayNode oneOf = schema.withArray("allOf").addObject().putArray("oneOf");
            alternatives.names().forEach(name -> words(oneOf.addObject().putArray("required"), List.of(name)));
        }
        section.others()
                .ifPresentOrElse(
                        others -> schema.set("additionalProperties", of(others)),
                        () -> schema.put("additionalProperties", false));
    }

    private static void choice(ObjectNode schema, Shape.Choice choice) {
        schema.put("type", "object");
        words(schema.putArray("required"), List.of("type"));
        words(
                schema.putObject("properties").putObject("type").put("type", "string"),
                choice.variants().stream().map(Shape.Variant::type).toList(),
                choice.others());
        ArrayNode all = schema.putArray("allOf");
        for (Shape.Variant variant : choice.variants()) {
            ObjectNode rule = all.addObject();
            ObjectNode condition = rule.putObject("if");
            condition.putObject("properties").putObject("type").put("const", variant.type());
            words(condition.putArray("required"), List.of("type"));
            rule.set("then", of(variant.section()));
        }
    }

    /** What only some workspaces know is let through, and an editor still offers the rest. */
    private static void words(ObjectNode schema, List<String> words, Optional<Format> others) {
        if (others.isEmpty()) {
            words(schema.putArray("enum"), words);
            return;
        }
        ArrayNode either = schema.putArray("anyOf");
        words(either.addObject().putArray("enum"), words);
        either.addObject().put("pattern", others.get().pattern());
    }

    private static void words(ArrayNode array, List<String> words) {
        words.forEach(array::add);
    }
}
