package dev.sweepback.adapter.rest;

import java.util.Optional;

/** Whether what a description declares was proven on the very system. */
@FunctionalInterface
public interface Belief {

    /**
     * Why the reversibility that is declared is not believed, with what to do; empty if a probe has proven it.
     *
     * @param connection the connection's name
     */
    Optional<String> doubt(String connection, String action);
}
