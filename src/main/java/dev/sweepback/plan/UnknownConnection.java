package dev.sweepback.plan;

/** The settings do not have what a job, a plan or the journal speaks of. */
public final class UnknownConnection extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    UnknownConnection(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
