package dev.sweepback.job;

/** A place in a file; both from 1, or 0 for the file as a whole. */
record Place(int line, int column) {

    static final Place WHOLE = new Place(0, 0);
}
