package dev.sweepback.adapter.rest;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Segments;
import dev.sweepback.job.Template;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/** Fills the places of one request. */
final class Places {

    private final Connection connection;
    private final Filling filling;

    Places(Connection connection, Filling filling) {
        this.connection = connection;
        this.filling = filling;
    }

    /** The text with every place filled. */
    String text(Template template) {
        StringBuilder text = new StringBuilder();
        for (Template.Part part : template.parts()) {
            text.append(part instanceof Template.Place place ? text(place) : ((Template.Literal) part).text());
        }
        return text.toString();
    }

    /** The value as text, on one line. */
    String text(Template.Place place) {
        JsonNode value = value(place);
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw refused(place, "has no value that a text can hold");
        }
        String text = value.asString();
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw refused(place, "holds a control character");
        }
        return text;
    }

    /** The value as a part of a path: it cannot lead to another one. */
    String segment(Template.Place place) {
        String text = text(place);
        Optional<String> unusable = unusable(text, place.path());
        if (unusable.isPresent()) {
            throw refused(place, "has the part '" + unusable.get() + "', which is no place of its own in a path");
        }
        return text;
    }

    /**
     * The part of a value that no path can hold.
     *
     * @param path whether the value's slashes part it
     */
    static Optional<String> unusable(String text, boolean path) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            return Optional.of("?");
        }
        Optional<String> found = Segments.unusable(text);
        return path || text.isEmpty() ? found : found.filter(part -> !part.isEmpty());
    }

    /** The value, whatever it is; missing if there is none. */
    JsonNode value(Template.Place place) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (place.from()) {
            case KEY ->
                connection.option(place.name()).<JsonNode>map(nodes::stringNode).orElse(MissingNode.getInstance());
            case ID -> filling.id().<JsonNode>map(nodes::stringNode).orElse(MissingNode.getInstance());
            case PROBE -> filling.probe().<JsonNode>map(nodes::stringNode).orElse(MissingNode.getInstance());
            case STATE -> snapshot().at(place.pointer());
            case WHOLE -> snapshot();
            case DECODED -> decoded(place);
            case NOW -> now().map(item -> item.content().at(place.pointer())).orElse(MissingNode.getInstance());
            case ETAG ->
                now().flatMap(Item::etag).<JsonNode>map(nodes::stringNode).orElse(MissingNode.getInstance());
        };
    }

    private JsonNode snapshot() {
        return filling.snapshot().orElse(MissingNode.getInstance());
    }

    private Optional<Item> now() {
        return filling.now();
    }

    /** Nothing is an empty text to systems that encode. */
    private JsonNode decoded(Template.Place place) {
        JsonNode value = snapshot().at(place.pointer());
        if (value.isNull()) {
            return JsonNodeFactory.instance.binaryNode(new byte[0]);
        }
        try {
            return JsonNodeFactory.instance.binaryNode(Base64.getDecoder().decode(value.asString("")));
        } catch (IllegalArgumentException e) {
            throw refused(place, "is not Base64");
        }
    }

    private ConnectorException refused(Template.Place place, String what) {
        return new ConnectorException(
                Kind.REJECTED,
                connection.name(),
                "the value of " + place.written() + " " + what + "; nothing was sent",
                "correct the description of " + connection.type() + ", or leave this resource alone");
    }
}
