package dev.sweepback.job;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * How a measured value must compare; all bounds hold. A number is compared with numbers alone, a text with texts: for equality
 * as it is, for order as a version such as 2.10 or 2_10, part by part.
 */
public record Comparison(List<Bound> bounds) {

    public Comparison {
        bounds = List.copyOf(bounds);
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("a comparison without bounds holds for everything");
        }
    }

    /** As written in a job. */
    public enum Operator {
        BELOW("below"),
        ABOVE("above"),
        AT_MOST("atMost"),
        AT_LEAST("atLeast"),
        EQUALS("equals");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static List<String> words() {
            return Arrays.stream(values()).map(Operator::word).toList();
        }

        boolean holds(int order) {
            return switch (this) {
                case BELOW -> order < 0;
                case ABOVE -> order > 0;
                case AT_MOST -> order <= 0;
                case AT_LEAST -> order >= 0;
                case EQUALS -> order == 0;
            };
        }
    }

    /** One bound, with a number, a text, or true or false. */
    public record Bound(Operator operator, JsonNode operand) {

        /** Empty if the value cannot be compared with it. */
        Optional<Boolean> holds(JsonNode value) {
            if (operand.isNumber() && value.isNumber()) {
                return Optional.of(operator.holds(value.decimalValue().compareTo(operand.decimalValue())));
            }
            if (operand.isString() && value.isString() && operator != Operator.EQUALS) {
                return DottedVersion.compare(value.asString(), operand.asString())
                        .map(operator::holds);
            }
            boolean sameType = (operand.isString() && value.isString()) || (operand.isBoolean() && value.isBoolean());
            return sameType ? Optional.of(operand.equals(value)) : Optional.empty();
        }

        String text() {
            return operator.word + " " + operand;
        }
    }

    /** Whether all bounds hold; empty if the value cannot be compared with one of them. */
    public Optional<Boolean> holds(JsonNode value) {
        boolean all = true;
        for (Bound bound : bounds) {
            Optional<Boolean> one = bound.holds(value);
            if (one.isEmpty()) {
                return one;
            }
            all &= one.get();
        }
        return Optional.of(all);
    }

    /** {@code below 0.01}, {@code atLeast 1 and atMost 5} */
    public String text() {
        return bounds.stream().map(Bound::text).collect(Collectors.joining(" and "));
    }
}
