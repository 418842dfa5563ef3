package dev.sweepback.job;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Reads what an HTTP answer must be. */
final class ExpectationFile {

    private static final int LONGEST_PATTERN = 500;

    /** A count repeats the whole of what it counts, counts within it too. */
    private static final int MOST_REPEATED = 1000;

    private static final java.util.regex.Pattern COUNT = java.util.regex.Pattern.compile("\\{(\\d+)?(?:,(\\d+)?)?\\}");

    record Expectation(Optional<Integer> status, Map<String, Wanted> json) {}

    private final Findings findings;

    ExpectationFile(Findings findings) {
        this.findings = findings;
    }

    /** Empty if it cannot be used; the findings then say why. */
    Optional<Expectation> read(Values expect) {
        if (expect.names().isEmpty()) {
            findings.add(
                    expect.mapping().place(),
                    "'expect' expects nothing",
                    "status, json or both",
                    "say what is expected");
            return Optional.empty();
        }
        Values json = expect.section("json");
        if (expect.has("json") && json.names().isEmpty()) {
            findings.add(expect.place("json"), "'json' expects nothing", "a pointer with a value", "add one");
        }
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        for (String pointer : json.names()) {
            wanted(pointer, json).ifPresent(one -> wanted.put(pointer, one));
        }
        return wanted.size() == json.names().size()
                ? Optional.of(new Expectation(expect.find("status").map(Integer::parseInt), wanted))
                : Optional.empty();
    }

    private Optional<Wanted> wanted(String pointer, Values json) {
        Node node = json.node(pointer);
        if (node instanceof Node.Scalar scalar) {
            Optional<Wanted> equal = ExactJson.of(scalar).map(Wanted.Equal::new);
            return equal.isPresent() ? equal : complain(node);
        }
        boolean matches = node instanceof Node.Mapping mapping
                && mapping.entries().size() == 1
                && mapping.get("matches").orElse(null) instanceof Node.Scalar text
                && text.type() == Node.Scalar.Type.TEXT;
        return matches ? pattern(Values.of(node)) : complain(node);
    }

    private Optional<Wanted> complain(Node node) {
        findings.add(
                node.place(),
                "nothing that an answer could be held against",
                "a text, a number, true, false, or {matches: a regular expression}",
                "write one of them");
        return Optional.empty();
    }

    private Optional<Wanted> pattern(Values matches) {
        String text = matches.text("matches");
        if (text.length() > LONGEST_PATTERN || repeats(text) > MOST_REPEATED) {
            findings.add(
                    matches.place("matches"),
                    "the regular expression is too large",
                    "at most " + LONGEST_PATTERN + " characters, and counts that multiply to " + MOST_REPEATED
                            + " at most",
                    "write a simpler one");
            return Optional.empty();
        }
        try {
            return Optional.of(new Wanted.Matches(Pattern.compile(text)));
        } catch (PatternSyntaxException e) {
            findings.add(
                    matches.place("matches"),
                    "the regular expression is wrong: " + e.getDescription(),
                    "one as RE2 has it: without look-around and back references",
                    "correct it");
            return Optional.empty();
        }
    }

    private static long repeats(String pattern) {
        long product = 1;
        Matcher counts = COUNT.matcher(pattern);
        while (counts.find()) {
            product *= Math.max(count(counts.group(1)), count(counts.group(2)));
            product = Math.min(product, Integer.MAX_VALUE);
        }
        return product;
    }

    private static long count(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 6 ? Integer.MAX_VALUE : Math.max(1, Long.parseLong(digits));
    }
}
