package dev.sweepback.upgrade.parcel;

import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of {@code manifest.json}, made of the table that the reader follows. */
public final class ManifestSchema {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ManifestSchema() {}

    public static String text() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Sweepback package manifest");
        schema.setAll(of(ManifestForm.MANIFEST));
        return JSON.writeValueAsString(schema) + "\n";
    }

    private static ObjectNode of(Form form) {
        ObjectNode schema = JSON.createObjectNode();
        if (form instanceof Form.Text text) {
            schema.put("type", "string")
                    .put("maxLength", text.longest())
                    .put("pattern", "^(?:" + text.pattern().pattern() + ")$");
        } else if (form instanceof Form.Word word) {
            words(schema.put("type", "string").putArray("enum"), word.words());
        } else if (form instanceof Form.Count count) {
            schema.put("type", "integer").put("minimum", count.from()).put("maximum", count.to());
        } else if (form instanceof Form.Listing listing) {
            schema.put("type", "array")
                    .put("minItems", listing.fewest())
                    .put("maxItems", listing.most())
                    .set("items", of(listing.item()));
        } else if (form instanceof Form.Section section) {
            section(schema, section);
        }
        return schema;
    }

    private static void section(ObjectNode schema, Form.Section section) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Form.Key key : section.keys()) {
            ObjectNode property = properties.putObject(key.name());
            property.put("description", key.description());
            property.setAll(of(key.form()));
        }
        List<String> required = section.keys().stream()
                .filter(Form.Key::required)
                .map(Form.Key::name)
                .toList();
        if (!required.isEmpty()) {
            words(schema.putArray("required"), required);
        }
        schema.put("additionalProperties", false);
    }

    private static void words(ArrayNode array, List<String> words) {
        words.forEach(array::add);
    }
}
