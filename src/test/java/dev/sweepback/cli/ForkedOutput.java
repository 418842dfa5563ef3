package dev.sweepback.cli;

import java.io.BufferedReader;
import java.io.IOException;

/** What a forked command says. A newer Java warns first of what libraries still use; the launcher asks it not to. */
final class ForkedOutput {

    private ForkedOutput() {}

    /** The first line that the command itself wrote; null at the end. */
    static String firstLine(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && (line.isEmpty() || line.startsWith("WARNING: "))) {
            line = output.readLine();
        }
        return line;
    }
}
