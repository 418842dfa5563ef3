package dev.sweepback.connector;

import java.util.List;

/** What a connection's credential must be allowed for what the connection is used for. Changes nothing in the system. */
public interface Permissions {

    /**
     * The least that must be allowed, in the system's own language, so that it can be handed to the system as it stands. What
     * depends on the system is asked for; where it does not answer, the text says what to look at.
     */
    String least();

    /**
     * How what the credential may do differs from that.
     *
     * @throws ConnectorException if the system cannot be asked
     */
    List<Remark> check();

    /**
     * One thing that was found.
     *
     * @param remedy empty if it is in order
     */
    record Remark(Level level, String what, String remedy) {

        /** How bad it is. */
        public enum Level {
            IN_ORDER,
            /** More is allowed than is needed. */
            WARNING,
            /** Something that is needed is not allowed. */
            PROBLEM
        }
    }
}
