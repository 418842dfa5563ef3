package dev.sweepback.sandbox;

import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** A stand-in for one system, listening on the loopback address. Safe for use from several threads. */
public interface Twin extends AutoCloseable {

    /** Where its API is. */
    URI url();

    /** A token that may do everything. */
    String token();

    Faults faults();

    Traffic traffic();

    /** Each thing with what affects behaviour; what the server writes itself is under {@code bookkeeping}. */
    ObjectNode dump();

    @Override
    void close();
}
