package dev.sweepback.job;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A single value of a file as the JSON that it means, numbers to the last digit. */
final class ExactJson {

    private static final int LARGEST_EXPONENT = 400;

    private ExactJson() {}

    /** Empty for nothing, and for numbers that only YAML knows. */
    static Optional<JsonNode> of(Node.Scalar scalar) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (scalar.type()) {
            case TEXT -> Optional.of(nodes.stringNode(scalar.text()));
            case BOOLEAN -> Optional.of(nodes.booleanNode(scalar.text().equalsIgnoreCase("true")));
            case NUMBER -> number(scalar.text()).map(nodes::numberNode);
            case NOTHING -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean handy =
                    text.length() <= 100 && Math.abs((long) number.precision() - number.scale()) <= LARGEST_EXPONENT;
            return handy ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
