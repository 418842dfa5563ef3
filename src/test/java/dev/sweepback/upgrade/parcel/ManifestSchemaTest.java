package dev.sweepback.upgrade.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schema and the reader say the same. */
class ManifestSchemaTest {

    private static final Path PUBLISHED = Path.of("docs/schema/manifest.json");

    private final Schema schema = published();

    private static Schema published() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(Files.readString(PUBLISHED));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thePublishedSchemaIsThatOfTheCode() throws IOException {
        assertThat(Files.readString(PUBLISHED))
                .as("write it anew: sweepback schema manifest > %s", PUBLISHED)
                .isEqualTo(ManifestSchema.text());
    }

    @Test
    void theExampleMatches() {
        assertThat(schema.validate(new Parcels().manifestNode().toString(), InputFormat.JSON))
                .isEmpty();
    }

    /** Each value of the example is replaced by each of these, or left out. */
    @Test
    void readerAndSchemaAgreeOnEveryChangeOfTheExample() {
        List<JsonNode> values = List.of(
                parsed("null"),
                parsed("true"),
                parsed("0"),
                parsed("-1"),
                parsed("1.0"),
                parsed("1.5"),
                parsed("2147483649"),
                parsed("123456789012345678901234567890"),
                parsed("\"\""),
                parsed("\" \""),
                parsed("\"x\""),
                parsed("\"two words\""),
                parsed("\"line\\nbreak\""),
                parsed("\"" + "x".repeat(201) + "\""),
                parsed("\"" + "a".repeat(64) + "\""),
                parsed("\"" + "b".repeat(513) + "\""),
                parsed("\"30m\""),
                parsed("\"PT1H30M\""),
                parsed("\"P\""),
                parsed("\"2026-05-01T08:00:00Z\""),
                parsed("\"2026-05-01T08:00+02:00\""),
                parsed("\"2026-05-01\""),
                parsed("\"none\""),
                parsed("\"unleash/x\""),
                parsed("\"/x\""),
                parsed("[]"),
                parsed("[[]]"),
                parsed("[\"x\"]"),
                parsed("[{}]"),
                parsed("{}"),
                parsed("{\"x\": 1}"));
        List<JsonNode> changed = new ArrayList<>();
        ObjectNode example = new Parcels().manifestNode();
        for (String pointer : pointers(example, "")) {
            for (JsonNode value : values) {
                changed.add(replaced(example, pointer, Optional.of(value)));
            }
            changed.add(replaced(example, pointer, Optional.empty()));
        }

        int valid = 0;
        for (JsonNode manifest : changed) {
            boolean bySchema =
                    schema.validate(manifest.toString(), InputFormat.JSON).isEmpty();
            Optional<String> complaint =
                    new FormCheck(new TestSpelling()).complaint("", manifest, ManifestForm.MANIFEST);

            assertThat(complaint.isEmpty()).as("%s: %s", complaint, manifest).isEqualTo(bySchema);
            valid += bySchema ? 1 : 0;
        }
        assertThat(changed).hasSizeGreaterThan(800);
        assertThat(valid).isGreaterThan(50);
    }

    private static JsonNode parsed(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static List<String> pointers(JsonNode node, String place) {
        List<String> found = new ArrayList<>();
        if (!place.isEmpty()) {
            found.add(place);
        }
        if (node instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> found.addAll(pointers(object.get(name), place + "/" + name)));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                found.addAll(pointers(array.get(index), place + "/" + index));
            }
        }
        return found;
    }

    private static JsonNode replaced(ObjectNode example, String pointer, Optional<JsonNode> value) {
        ObjectNode copy = example.deepCopy();
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = copy.at(pointer.substring(0, slash));
        String last = pointer.substring(slash + 1);
        if (parent instanceof ObjectNode object) {
            value.ifPresentOrElse(node -> object.set(last, node), () -> object.remove(last));
        } else if (parent instanceof ArrayNode array) {
            value.ifPresentOrElse(
                    node -> array.set(Integer.parseInt(last), node), () -> array.remove(Integer.parseInt(last)));
        }
        return copy;
    }
}
