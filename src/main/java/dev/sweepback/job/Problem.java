package dev.sweepback.job;

import java.nio.file.Path;

/**
 * Something in a file that keeps it from being used. Never quotes a value that may be a secret.
 *
 * @param path the file
 * @param line from 1, also if it concerns the file as a whole
 * @param column from 1
 * @param what what is wrong
 * @param expected what should be there
 * @param hint what to do; may be empty
 */
public record Problem(Path path, int line, int column, String what, String expected, String hint)
        implements Comparable<Problem> {

    /** {@code file:line:column: what; expected …; hint} */
    @Override
    public String toString() {
        return path + ":" + line + ":" + column + ": " + what + (expected.isEmpty() ? "" : "; expected " + expected)
                + (hint.isEmpty() ? "" : "; " + hint);
    }

    @Override
    public int compareTo(Problem other) {
        int byPath = path.compareTo(other.path);
        if (byPath != 0) {
            return byPath;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }
}
