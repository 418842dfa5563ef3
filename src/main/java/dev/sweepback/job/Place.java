package dev.sweepback.job;

/** A place in a file; both from 1. */
record Place(int line, int column) {

    /** The start, where something concerns the file as a whole. */
    static final Place WHOLE = new Place(1, 1);
}
