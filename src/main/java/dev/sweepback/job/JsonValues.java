package dev.sweepback.job;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A part of a file as the JSON that it means. */
final class JsonValues {

    private JsonValues() {}

    static JsonNode of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = JsonMapper.shared().createObjectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, of(entry.value())));
            return object;
        }
        if (node instanceof Node.Sequence sequence) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            sequence.items().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar((Node.Scalar) node);
    }

    private static JsonNode scalar(Node.Scalar scalar) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (scalar.type()) {
            case TEXT -> nodes.stringNode(scalar.text());
            case BOOLEAN -> nodes.booleanNode(scalar.text().equalsIgnoreCase("true"));
            case NOTHING -> nodes.nullNode();
            case NUMBER -> number(scalar.text());
        };
    }

    /** Numbers that YAML writes in ways of its own (0x1F, 1_000) stay texts. */
    private static JsonNode number(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        try {
            BigDecimal number = new BigDecimal(text);
            BigInteger whole = number.scale() <= 0 && text.matches("-?\\d{1,18}") ? number.toBigIntegerExact() : null;
            return whole == null ? nodes.numberNode(number.doubleValue()) : nodes.numberNode(whole.longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return nodes.stringNode(text);
        }
    }
}
