package dev.sweepback.job;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in the words of the files what the CEL library found. */
final class ConditionProblems {

    private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern RESULT = Pattern.compile("expected type 'bool' but found '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);

    private static final Pattern PREFIX = Pattern.compile("^evaluation error[^:]*:(\\d+:)?(\\d+:)? ?");

    private ConditionProblems() {}

    static ConditionException of(String text, CelValidationException error, ConditionTypes types) {
        if (error.getErrors().isEmpty()) {
            return new ConditionException(1, 1, "the condition is wrong", "a CEL expression", "");
        }
        CelIssue issue = error.getErrors().get(0);
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        String message = issue.getMessage();
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            String name = field.group(1);
            String variable = variable(text, name);
            List<String> known = types.names(variable);
            return new ConditionException(
                    line,
                    column + 2,
                    "the condition names an unknown field '" + Format.shortened(name) + "'",
                    "one of " + String.join(", ", known),
                    Nearest.hint(name, known, "correct the name"));
        }
        Matcher name = NAME.matcher(message);
        if (name.matches() && text.contains(name.group(1) + "(")) {
            return new ConditionException(
                    line,
                    column + 1,
                    "the condition calls an unknown function '" + Format.shortened(name.group(1)) + "'",
                    "a function of CEL",
                    "startsWith, endsWith, contains, matches, size and exists are some");
        }
        if (name.matches()) {
            List<String> known = List.of("resource", "upgrade", "now");
            return new ConditionException(
                    line,
                    column + 1,
                    "the condition names an unknown '" + Format.shortened(name.group(1)) + "'",
                    "resource, upgrade or now",
                    Nearest.hint(name.group(1), known, "correct the name, or put text in quotes"));
        }
        Matcher result = RESULT.matcher(message);
        if (result.matches()) {
            return new ConditionException(
                    line,
                    column + 1,
                    "the condition gives a value of type " + Format.shortened(result.group(1)),
                    "true or false",
                    "compare it with something");
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return new ConditionException(
                    line,
                    column + 1,
                    "the condition applies " + operator(overload.group(1)) + " to "
                            + Format.shortened(overload.group(2)
                                    .replace("google.protobuf.", "")
                                    .toLowerCase(Locale.ROOT)),
                    "values of types that fit",
                    "timestamp(\"…\") and duration(\"…\") make times of text");
        }
        return new ConditionException(
                line,
                column + 1,
                message.contains("'<EOF>'")
                        ? "the condition ends too early"
                        : "the condition is no CEL: " + firstLine(message),
                "a CEL expression",
                "check brackets, quotes and operators near this place");
    }

    /** Why an evaluation failed, in one line. */
    static String reason(Exception error) {
        String message = error.getMessage();
        if (message == null) {
            return "the condition failed";
        }
        return firstLine(PREFIX.matcher(message).replaceFirst(""));
    }

    /** What stands before the dot of a field; messages of the library tell the field only. */
    private static String variable(String text, String field) {
        Matcher use = Pattern.compile("(\\w+)\\s*\\.\\s*" + Pattern.quote(field) + "\\b")
                .matcher(text);
        return use.find() ? use.group(1) : "resource";
    }

    private static String operator(String function) {
        return function.replace("_", "");
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        return line.length() > 160 ? line.substring(0, 160) + "…" : line;
    }
}
