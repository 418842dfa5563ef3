package dev.sweepback.adapter.rest;

/** A probe was asked to stop before its next step. */
final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    Stopped() {
        super("asked to stop before its end");
    }
}
