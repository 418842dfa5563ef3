package dev.sweepback.adapter.check;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as texts of Prometheus and PostgreSQL. */
final class Numbers {

    /** Beyond all that either of them can tell. */
    private static final BigDecimal INFINITE = new BigDecimal("1e999999");

    private static final int LONGEST = 10_000;

    private Numbers() {}

    /** Empty for NaN, and for what is no number. */
    static Optional<JsonNode> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "+inf", "inf", "infinity" -> Optional.of(node(INFINITE));
            case "-inf", "-infinity" -> Optional.of(node(INFINITE.negate()));
            default -> finite(text);
        };
    }

    private static Optional<JsonNode> finite(String text) {
        try {
            return text.length() > LONGEST ? Optional.empty() : Optional.of(node(new BigDecimal(text)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static JsonNode node(BigDecimal number) {
        return JsonNodeFactory.instance.numberNode(number);
    }
}
