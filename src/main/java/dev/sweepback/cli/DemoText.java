package dev.sweepback.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How the demo speaks: plain lines, short ids. */
final class DemoText {

    private static final int SHORT = 8;

    private final PrintStream out;

    DemoText(PrintStream out) {
        this.out = out;
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    void say(String format, Object... values) {
        out.println(format.formatted(values));
    }

    /** A blank line and the title of a beat. */
    @SuppressWarnings("AnnotateFormatMethod") // as above
    void beat(String format, Object... values) {
        out.println();
        say(format, values);
    }

    static <T> String counts(List<T> things, Function<T, String> group) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        things.forEach(thing -> counts.merge(group.apply(thing), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> parts.add(count + " " + name));
        return String.join(", ", parts);
    }

    /** {@code webhook:17} is of kind webhook. */
    static String kind(String name) {
        return name.substring(0, name.indexOf(':'));
    }

    static String shortName(String name) {
        String id = name.substring(name.indexOf(':') + 1);
        return kind(name) + " " + (kind(name).equals("flag") ? id : cut(clip(id)));
    }

    /** {@code 6 webhooks}, {@code 1 flag}, {@code 8 kv}. */
    static String plural(String kind, int count) {
        return count == 1 || kind.equals("kv") ? kind : kind + "s";
    }

    static String kinds(List<String> names) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        names.forEach(name -> counts.merge(kind(name), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((kind, count) -> parts.add(count + " " + plural(kind, count)));
        return String.join(", ", parts);
    }

    /** The last part of a path, cut; names and addresses as they are. */
    static String clip(String name) {
        int slash = name.lastIndexOf('/');
        return slash > 0 && !name.contains("://") ? cut(name.substring(slash + 1)) : name;
    }

    static String cut(String id) {
        return id.length() > SHORT ? id.substring(0, SHORT) : id;
    }

    static String minute(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MINUTES)
                .toString()
                .replace("T", " ")
                .replace(":00Z", "");
    }
}
