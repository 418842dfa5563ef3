package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference of keys in {@code docs/systems/rest.md} is made from the schema. */
class RestReferenceTest {

    private static final Path PAGE = Path.of("docs/systems/rest.md");
    private static final String BEGIN = "<!-- keys: made from the schema -->\n";
    private static final String END = "<!-- end of keys -->\n";

    private final List<String> lines = new ArrayList<>();
    private final Map<String, JsonNode> request = new LinkedHashMap<>();

    @Test
    void theReferenceOfKeysIsThatOfTheSchema() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("write it anew: replace what stands between the two marks")
                .isEqualTo(reference());
    }

    private String reference() {
        JsonNode schema = JsonMapper.shared().readTree(Schemas.connector());
        lines.add("| key | needed | meaning |");
        lines.add("|---|---|---|");
        section("", schema.path("properties").path("spec"));
        lines.add("");
        lines.add("*A request* has these keys, and `list` and `capture` have them too:");
        lines.add("");
        lines.add("| key | needed | meaning |");
        lines.add("|---|---|---|");
        request.forEach((name, property) -> row(name, property, name.equals("path") ? "required" : ""));
        return String.join("\n", lines) + "\n";
    }

    private void section(String prefix, JsonNode section) {
        List<String> required = new ArrayList<>();
        section.path("required").forEach(name -> required.add(name.asString()));
        JsonNode properties = section.path("properties");
        boolean isRequest = properties.has("path") && properties.has("method");
        properties.properties().forEach(entry -> {
            if (isRequest && isOfRequest(entry.getKey())) {
                request.putIfAbsent(entry.getKey(), entry.getValue());
            } else {
                row(prefix + entry.getKey(), entry.getValue(), required.contains(entry.getKey()) ? "required" : "");
                below(prefix + entry.getKey(), entry.getValue());
            }
        });
    }

    private static boolean isOfRequest(String key) {
        return List.of("method", "path", "query", "headers", "body", "merge", "expect", "reads")
                .contains(key);
    }

    private void below(String name, JsonNode property) {
        if (property.has("properties") && !property.has("allOf")) {
            section(name + ".", property);
        } else if (property.has("items")) {
            below(name + "[]", property.path("items"));
        } else if (property.path("additionalProperties").has("properties")) {
            section(name + ".*.", property.path("additionalProperties"));
        }
        for (JsonNode variant : property.path("allOf")) {
            String type = variant.at("/if/properties/type/const").asString();
            JsonNode then = variant.path("then");
            List<String> required = new ArrayList<>();
            then.path("required").forEach(key -> required.add(key.asString()));
            then.path("properties").properties().forEach(entry -> {
                if (!entry.getKey().equals("type")) {
                    row(
                            name + ".`" + type + "`." + entry.getKey(),
                            entry.getValue(),
                            required.contains(entry.getKey()) ? "required" : "");
                }
            });
        }
    }

    private void row(String name, JsonNode property, String required) {
        String shown = "`" + name.replace(".`", " (").replace("`.", "): ") + "`";
        String words = property.has("enum") && property.path("enum").size() > 1
                ? property.path("enum")
                        .valueStream()
                        .map(word -> "`" + word.asString() + "`")
                        .toList()
                        .toString()
                        .replace("[", " One of ")
                        .replace("]", ".")
                : "";
        lines.add("| " + shown + " | " + required + " | "
                + property.path("description").asString().replace("|", "\\|") + (words.isEmpty() ? "" : "." + words)
                + " |");
    }
}
