package dev.sweepback.sandbox;

/** The process of the server has ended: the connection is reset, and so is every later one until it is started again. */
final class Crashed extends RuntimeException {

    private static final long serialVersionUID = 1;

    Crashed() {
        super("the server is down", null, false, false);
    }
}
