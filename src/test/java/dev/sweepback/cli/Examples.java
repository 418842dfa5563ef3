package dev.sweepback.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the README and the pages in {@code docs/} show: fenced blocks, and commands in them and in the running text. */
final class Examples {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern SPAN = Pattern.compile("`(\\./sweepback [^`\n]+)`");
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");
    private static final String PROGRAM = "./sweepback";

    /** A block of one language, and where it stands. */
    record Block(Path page, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + text.lines().limit(4).toList();
        }
    }

    /** A command without the program's name. */
    record Command(Path page, List<String> words) {
        @Override
        public String toString() {
            return page + ": " + String.join(" ", words);
        }
    }

    private Examples() {}

    static List<Path> pages() {
        return Stream.of(
                        List.of(Path.of("README.md")),
                        list(Path.of("docs"), ".md"),
                        list(Path.of("docs/systems"), ".md"))
                .flatMap(List::stream)
                .toList();
    }

    /** The files of a folder, by the end of their name. */
    static List<Path> list(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks(String language) {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            Matcher fenced = FENCED.matcher(read(page));
            while (fenced.find()) {
                if (fenced.group(1).equals(language)) {
                    blocks.add(new Block(page, language, fenced.group(2)));
                }
            }
        }
        return blocks;
    }

    static List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        for (Block block : blocks("sh")) {
            block.text().replace("\\\n", " ").lines().forEach(line -> command(block.page(), line, commands));
        }
        for (Path page : pages()) {
            Matcher span = SPAN.matcher(FENCED.matcher(read(page)).replaceAll(""));
            while (span.find()) {
                command(page, span.group(1), commands);
            }
        }
        return commands;
    }

    private static void command(Path page, String line, List<Command> commands) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.replaceFirst("\\s#.*", ""));
        while (word.find()) {
            words.add(word.group().replaceAll("['\"]", ""));
        }
        if (!words.isEmpty() && words.get(0).equals(PROGRAM)) {
            commands.add(new Command(page, List.copyOf(words.subList(1, words.size()))));
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
