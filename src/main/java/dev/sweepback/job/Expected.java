package dev.sweepback.job;

import java.util.List;

/** What a file may say at a place, for messages. */
final class Expected {

    static final String TRUE_OR_FALSE = "true or false";

    private Expected() {}

    static String of(Shape shape) {
        if (shape instanceof Shape.Text text) {
            return text.format().expected();
        }
        if (shape instanceof Shape.Time) {
            return Format.DURATION.expected();
        }
        if (shape instanceof Shape.Word word) {
            return oneOf(word.words());
        }
        if (shape instanceof Shape.Count number) {
            return "a whole number from " + number.from() + " to " + number.to();
        }
        if (shape instanceof Shape.Flag) {
            return TRUE_OR_FALSE;
        }
        if (shape instanceof Shape.Any) {
            return "a value";
        }
        if (shape instanceof Shape.Listing) {
            return "a list";
        }
        return shape instanceof Shape.Section section
                ? "a mapping with " + (section.isOneChoice() ? "one of " : "") + someOf(section.names())
                : "a mapping";
    }

    static String oneOf(List<String> words) {
        return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }

    static String someOf(List<String> names) {
        return String.join(", ", names);
    }
}
