package dev.sweepback.server;

/** The daemon cannot listen where the settings say. */
public final class CannotListen extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    CannotListen(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
