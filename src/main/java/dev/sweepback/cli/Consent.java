package dev.sweepback.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The question before an act. It lifts no guard. */
final class Consent {

    @Option(names = "--yes", description = "Do not ask. Lifts no guard.")
    boolean yes;

    /** Off a terminal nobody can be asked: without {@code --yes} nothing is done. */
    void needed(String command, Outside outside) {
        if (!yes && !outside.interactive()) {
            throw refused(
                    "nobody can be asked here, so nothing was done",
                    command,
                    "add --yes to act without being asked; see before what it would do with --dry-run or `sweepback plan`");
        }
    }

    void ask(String question, String command, Outside outside, Console console) {
        needed(command, outside);
        if (yes) {
            return;
        }
        console.prompt(question + " [y/N] ");
        if (!answer().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw refused("not confirmed, so nothing was done", command, "type it again, and y, to act");
        }
    }

    private static Failure refused(String what, String command, String remedy) {
        return new Failure(ExitCode.FAILURE, "not-confirmed", what, "sweepback " + command, remedy);
    }

    private static String answer() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer could not be read", e);
        }
    }
}
