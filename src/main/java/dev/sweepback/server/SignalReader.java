package dev.sweepback.server;

import dev.sweepback.upgrade.Signal;
import java.util.Optional;

/** Knows how one kind of sender proves who it is, and how it says what happened. */
interface SignalReader {

    Receiver receiver();

    /** Without secrets there is nothing that it could believe. */
    boolean isConfigured();

    /** More bytes are not read. */
    int mostBytes();

    /**
     * Takes the same time whichever secret fits, and whichever byte is wrong.
     *
     * @throws SignalRefused if it cannot be told who sent it
     */
    void verify(SignalRequest request);

    /**
     * Reads what was verified.
     *
     * @return empty if nothing follows from it
     * @throws SignalRefused if it is not what such a sender should say
     */
    Optional<Signal> read(SignalRequest request);
}
