package dev.sweepback.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether standard output took all that was printed. A report that a full disk cut short must not end with success; that
 * nobody reads on, as with {@code | head}, is no news to who typed it.
 */
enum Delivery {
    WHOLE,
    CUT_SHORT,
    NOT_READ_ON;

    private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");
    private static final int TYPE_OF_FILE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    static Delivery of(PrintStream out) {
        if (!out.checkError()) {
            return WHOLE;
        }
        return out == System.out && isPipe() ? NOT_READ_ON : CUT_SHORT;
    }

    /** @return the exit code of a command that by itself would end with {@code exit} */
    int exit(int exit, PrintStream err) {
        if (this == CUT_SHORT) {
            err.println("sweepback: the output could not be written");
            err.println("  remedy: make room, or name another file; what was done is done: see `history`");
            err.flush();
        }
        return this == WHOLE || exit != ExitCode.DONE.number() ? exit : ExitCode.FAILURE.number();
    }

    // A PrintStream does not say why it failed; writing to a pipe fails only when its other end is gone.
    private static boolean isPipe() {
        try {
            int type = (int) Files.getAttribute(STANDARD_OUTPUT, "unix:mode") & TYPE_OF_FILE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException cannotTell) {
            return false;
        }
    }
}
