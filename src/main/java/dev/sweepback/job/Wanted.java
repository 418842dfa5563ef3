package dev.sweepback.job;

import com.google.re2j.Pattern;
import tools.jackson.databind.JsonNode;

/** What a value of a JSON document must be. Types are strict: true is not "true", and 1 is not "1". */
public sealed interface Wanted {

    /** Longer texts are not held against a pattern. */
    int LONGEST_MATCHED = 10_000;

    boolean holds(JsonNode value);

    /** {@code is true}, {@code matches 2[.].*} */
    String text();

    /** This very value; numbers by what they are worth, so that 1 is 1.0. */
    record Equal(JsonNode value) implements Wanted {

        @Override
        public boolean holds(JsonNode found) {
            if (value.isNumber() && found.isNumber()) {
                return value.decimalValue().compareTo(found.decimalValue()) == 0;
            }
            return value.equals(found);
        }

        @Override
        public String text() {
            return "is " + value;
        }
    }

    /** A text that a regular expression matches from end to end, in time that grows with its length and no faster. */
    record Matches(Pattern pattern) implements Wanted {

        @Override
        public boolean holds(JsonNode found) {
            return found.isString()
                    && found.asString().length() <= LONGEST_MATCHED
                    && pattern.matcher(found.asString()).matches();
        }

        @Override
        public String text() {
            return "matches " + pattern.pattern();
        }
    }
}
