package dev.sweepback.job;

/** A text is no condition on resources of its kind. */
public final class ConditionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final String expected;
    private final String hint;

    ConditionException(int line, int column, String what, String expected, String hint) {
        super(what);
        this.line = line;
        this.column = column;
        this.expected = expected;
        this.hint = hint;
    }

    /** The line within the condition, from 1. */
    public int line() {
        return line;
    }

    /** The column within the line, from 1. */
    public int column() {
        return column;
    }

    public String expected() {
        return expected;
    }

    public String hint() {
        return hint;
    }
}
