package dev.sweepback.adapter.rest;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Holds an answer against values that a description names. */
final class Says {

    private Says() {}

    /** Whether it says all of them, and there is at least one. */
    static boolean all(JsonNode answer, Map<String, JsonNode> values) {
        return !values.isEmpty()
                && values.entrySet().stream().allMatch(entry -> same(answer.at(entry.getKey()), entry.getValue()));
    }

    /** Numbers by their value; null also stands for what is missing. */
    static boolean same(JsonNode found, JsonNode expected) {
        if (found.isNumber() && expected.isNumber()) {
            return found.decimalValue().compareTo(expected.decimalValue()) == 0;
        }
        if (expected.isNull()) {
            return found.isNull() || found.isMissingNode();
        }
        return found.equals(expected)
                || (found.isContainer() && found.toString().equals(expected.toString()));
    }
}
