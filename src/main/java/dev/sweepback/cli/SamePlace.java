package dev.sweepback.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands to type, for the files and the home that this command was given: what suggests them need not know of either. */
final class SamePlace {

    /** Nothing was given, so nothing has to be repeated. */
    static final SamePlace USUAL = new SamePlace(Optional.empty(), Optional.empty(), List.of());

    private static final String PROGRAM = "sweepback ";

    private final String options;
    private final Pattern suggested;

    /** @param commands what may follow the program's name: other words are no command */
    SamePlace(Optional<Path> config, Optional<Path> home, Collection<String> commands) {
        this.options = option("--config", config) + option("--home", home);
        this.suggested = Pattern.compile("(?<![\\w./-])" + PROGRAM + "(?=(?:"
                + commands.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")\\b)");
    }

    private static String option(String name, Optional<Path> path) {
        return path.map(given -> name + " " + quoted(given) + " ").orElse("");
    }

    String command(String arguments) {
        return PROGRAM + options + arguments;
    }

    /** The text, with all commands in it completed. */
    String complete(String text) {
        return options.isEmpty() ? text : suggested.matcher(text).replaceAll(Matcher.quoteReplacement(command("")));
    }

    static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[\\w./:@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
