package dev.sweepback.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one YAML document into {@link Node}s. Anchors, aliases, tags, duplicate keys and further documents are refused. */
final class YamlReader {

    private static final YAMLMapper YAML = YAMLMapper.shared();

    /** The byte order mark that some editors write. */
    private static final String MARK = "\uFEFF";

    private static final int DEEPEST = 30;

    private final YAMLParser parser;
    private final List<String> lines;
    private final Findings findings;

    private YamlReader(YAMLParser parser, List<String> lines, Findings findings) {
        this.parser = parser;
        this.lines = lines;
        this.findings = findings;
    }

    static Optional<Node> read(String text, Findings findings) {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(text.startsWith(MARK) ? text.substring(1) : text)) {
            YamlReader reader = new YamlReader(parser, text.lines().toList(), findings);
            JsonToken first = parser.nextToken();
            if (first == null) {
                findings.add(
                        Place.WHOLE,
                        "the file is empty",
                        "apiVersion, kind and the rest",
                        "write it, or remove the file");
                return Optional.empty();
            }
            Node node = reader.node(first, 0);
            if (parser.nextToken() != null) {
                reader.stop(reader.here(), "a second document", "one document in each file", "split the file at ---");
            }
            return Optional.of(node);
        } catch (Refused e) {
            return Optional.empty();
        } catch (JacksonException e) {
            findings.add(place(e.getLocation()), "no YAML: " + reason(e), "valid YAML", hint(e));
            return Optional.empty();
        }
    }

    private Node node(JsonToken token, int depth) {
        Place place = here();
        if (depth > DEEPEST) {
            throw stop(place, "nested too deep", "at most " + DEEPEST + " levels", "is it the right file?");
        }
        refuseTricks(place);
        return switch (token) {
            case START_OBJECT -> mapping(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(place, Node.Scalar.Type.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(place, Node.Scalar.Type.BOOLEAN);
            case VALUE_NULL -> new Node.Scalar(place, place, Node.Scalar.Type.NOTHING, "");
            default -> scalar(place, Node.Scalar.Type.TEXT);
        };
    }

    private Node scalar(Place place, Node.Scalar.Type type) {
        String text = parser.getString();
        return new Node.Scalar(place, content(place), type, text == null ? "" : text);
    }

    private Place content(Place place) {
        if (place.line() < 1 || place.line() > lines.size()) {
            return place;
        }
        String line = lines.get(place.line() - 1);
        char first = place.column() > line.length() ? ' ' : line.charAt(place.column() - 1);
        if (first == '"' || first == '\'') {
            return new Place(place.line(), place.column() + 1);
        }
        if ((first == '|' || first == '>') && place.line() < lines.size()) {
            String next = lines.get(place.line());
            return new Place(
                    place.line() + 1, next.length() - next.stripLeading().length() + 1);
        }
        return place;
    }

    private Node mapping(Place place, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            Place keyPlace = here();
            refuseTricks(keyPlace);
            String key = parser.currentName();
            Node value = node(next(), depth + 1);
            Node.Entry earlier = entries.putIfAbsent(key, new Node.Entry(keyPlace, value));
            if (earlier != null) {
                throw stop(
                        keyPlace,
                        "key '" + Format.shortened(key) + "' is there twice",
                        "each key once",
                        "the first is in line " + earlier.place().line());
            }
        }
        return new Node.Mapping(place, entries);
    }

    private Node sequence(Place place, int depth) {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(node(token, depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw stop(here(), "the file ends too early", "valid YAML", "complete it");
        }
        return token;
    }

    /** What would make a file say something else than a person reads in it. */
    private void refuseTricks(Place place) {
        if (parser.isCurrentAlias()) {
            throw stop(place, "an alias", "the value itself", "anchors and aliases are refused: repeat the value");
        }
        if (parser.getObjectId() != null) {
            throw stop(place, "an anchor", "the value alone", "anchors and aliases are refused: repeat the value");
        }
        if (parser.getTypeId() != null) {
            throw stop(place, "a tag", "the value alone", "remove the tag");
        }
    }

    private Place here() {
        return place(parser.currentTokenLocation());
    }

    private Refused stop(Place place, String what, String expected, String hint) {
        findings.add(place, what, expected, hint);
        return new Refused();
    }

    private static Place place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? Place.WHOLE
                : new Place(location.getLineNr(), Math.max(1, location.getColumnNr()));
    }

    /** The parser's reason without the piece of the file that it quotes: that may be a secret. */
    private static String reason(JacksonException error) {
        List<String> lines = error.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .toList();
        return lines.isEmpty()
                ? "it cannot be parsed"
                : lines.get(lines.size() - 1).strip();
    }

    private static String hint(JacksonException error) {
        String message = error.getOriginalMessage();
        if (message.contains("mapping values are not allowed")) {
            return "put text with a colon in quotes";
        }
        return "check indentation, brackets and quotes near this place";
    }

    /** Ends the reading; the finding is recorded. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
