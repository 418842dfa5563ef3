package dev.sweepback.undo;

/** The run cannot be taken back, as a whole or in the part that was named. */
public final class UndoRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    UndoRefused(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
