package dev.sweepback.connector;

/** The id of one operation; an undo's operation has its own. */
public record OperationId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
