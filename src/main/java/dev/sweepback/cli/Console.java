package dev.sweepback.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Data to standard output, messages to standard error. Names come from other systems: what could steer a terminal is not
 * passed on.
 */
final class Console {

    /** How data is printed. */
    enum Format {
        TABLE,
        JSON,
        YAML;

        /** @throws IllegalArgumentException with the words that are understood */
        static Format parse(String text) {
            return Arrays.stream(values())
                    .filter(format -> format.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of table, json and yaml"));
        }
    }

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}&&[^\\n\\t]]");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Format format;
    private final boolean debug;
    private final SamePlace place;
    private final PrintStream out;
    private final PrintStream err;

    private Console(Format format, boolean debug, SamePlace place, PrintStream out, PrintStream err) {
        this.format = format;
        this.debug = debug;
        this.place = place;
        this.out = out;
        this.err = err;
    }

    /** Knows the format also where the arguments as a whole are wrong. */
    static Console of(String[] args, Outside outside) {
        boolean debug = Arrays.asList(args).contains("--debug");
        return new Console(format(args), debug, SamePlace.USUAL, outside.out(), outside.err());
    }

    private static Format format(String[] args) {
        String all = " " + String.join(" ", args).toLowerCase(Locale.ROOT) + " ";
        if (all.matches("(?s).* (-o[= ]?|--output[= ])json .*")) {
            return Format.JSON;
        }
        return all.matches("(?s).* (-o[= ]?|--output[= ])yaml .*") ? Format.YAML : Format.TABLE;
    }

    Console as(Format wanted) {
        return new Console(wanted, debug, place, out, err);
    }

    /** Commands that are suggested to people are then for that place. */
    Console completing(SamePlace given) {
        return new Console(format, debug, given, out, err);
    }

    String complete(String text) {
        return place.complete(text);
    }

    Format format() {
        return format;
    }

    boolean isTable() {
        return format == Format.TABLE;
    }

    boolean debug() {
        return debug;
    }

    PrintStream err() {
        return err;
    }

    /** A line of data. */
    void line(String text) {
        out.println(plain(complete(text)));
    }

    /** A line of the record, word for word. */
    void recorded(String text) {
        out.println(plain(text));
    }

    void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** A line for people. */
    void say(String text) {
        err.println(plain(complete(text)));
    }

    void prompt(String text) {
        err.print(plain(complete(text)));
        err.flush();
    }

    /** Data as JSON, or as YAML if that was asked for. */
    void data(JsonNode node) {
        if (format == Format.YAML) {
            out.print(yaml(node));
        } else {
            out.println(JSON.writeValueAsString(node));
        }
        out.flush();
    }

    /** A piece of output that is put together by the caller. */
    void raw(String text) {
        out.print(text);
    }

    static String yaml(JsonNode node) {
        return YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .build()
                .writeValueAsString(node);
    }

    private static String plain(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }
}
