package dev.sweepback.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The question before an act. It lifts no guard. */
final class Consent {

    @Option(names = "--yes", description = "Do not ask. Lifts no guard.")
    boolean yes;

    private final String look;
    private boolean acted;

    /** @param look how to see before what it would do */
    Consent(String look) {
        this.look = look;
    }

    /** Something was done: a refusal that comes later must not deny it. */
    void acted() {
        acted = true;
    }

    /** Off a terminal nobody can be asked: without {@code --yes} nothing is done. */
    void needed(String command, Outside outside) {
        if (!yes && !outside.interactive()) {
            throw refused(
                    "nobody can be asked here, so nothing was done",
                    command,
                    "add --yes to act without being asked; " + look);
        }
    }

    void ask(String question, String command, Outside outside, Console console) {
        needed(command, outside);
        if (yes) {
            return;
        }
        console.prompt(question + " [y/N] ");
        if (!answer().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw refused(
                    "not confirmed, so nothing " + (acted ? "more " : "") + "was done",
                    command,
                    "type it again, and y, to act");
        }
    }

    /** What a person types to a question; nothing else answers it. */
    static String typed(String question, Console console) {
        console.prompt(question);
        return answer();
    }

    private static Failure refused(String what, String command, String remedy) {
        return new Failure(ExitCode.FAILURE, "not-confirmed", what, "sweepback " + command, remedy);
    }

    private static String answer() {
        try {
            // Byte by byte: what follows belongs to the next question.
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = System.in.read(); read >= 0 && read != '\n'; read = System.in.read()) {
                line.write(read);
            }
            return line.toString(Charset.defaultCharset()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the answer could not be read", e);
        }
    }
}
