package dev.sweepback.connector;

import java.time.Duration;
import java.util.Optional;

/** A system could not be read or changed. The message is one sentence that names the connection, or
 * the reference of a secret, and never holds a secret. */
public final class ConnectorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What went wrong, in terms a person can act on. */
    public enum Kind {
        /** No connection, or reset, or cut in the middle. */
        UNREACHABLE,
        /** No answer in time. */
        TIMEOUT,
        /** The credential is not accepted. */
        UNAUTHENTICATED,
        /** The credential is good, a right is missing. */
        FORBIDDEN,
        /** Project, repository, mount or resource is unknown. */
        NOT_FOUND,
        /** The system refuses because of its state (children exist, already there). */
        CONFLICT,
        /** Too many requests. */
        THROTTLED,
        /** The system failed. */
        SYSTEM_ERROR,
        /** The answer is not what the system is known to answer. */
        MALFORMED,
        /** A request that a reader must not send. */
        NOT_A_READ,
        /** A secret could not be resolved. */
        SECRET,
        /** The system refuses the request as such. */
        REJECTED
    }

    private final Kind kind;
    private final String connection;
    private final String remedy;
    private final boolean ofSecret;
    private final transient Optional<Duration> retryAfter;

    public ConnectorException(Kind kind, String connection, String what, String remedy, Optional<Duration> retryAfter) {
        this("connection '" + connection + "': " + what, kind, connection, remedy, false, retryAfter);
    }

    public ConnectorException(Kind kind, String connection, String what, String remedy) {
        this(kind, connection, what, remedy, Optional.empty());
    }

    private ConnectorException(
            String message,
            Kind kind,
            String connection,
            String remedy,
            boolean ofSecret,
            Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.connection = connection;
        this.remedy = remedy;
        this.ofSecret = ofSecret;
        this.retryAfter = retryAfter;
    }

    /** A secret that could not be resolved; {@link #connection()} is empty. The message names the reference alone. */
    public static ConnectorException secret(SecretRef reference, String what, String remedy) {
        return new ConnectorException(
                "secret '" + reference + "': " + what, Kind.SECRET, "", remedy, true, Optional.empty());
    }

    /**
     * A secret that its system could not give. Where that takes no requests for a while or cannot be reached, nothing is wrong
     * with the secret: kind, connection and time to wait stay those of the cause.
     */
    public static ConnectorException secret(SecretRef reference, ConnectorException cause) {
        String what = "it could not be read: " + cause.getMessage();
        return switch (cause.kind) {
            case THROTTLED, UNREACHABLE ->
                new ConnectorException(
                        "secret '" + reference + "': " + what,
                        cause.kind,
                        cause.connection,
                        cause.remedy,
                        true,
                        cause.retryAfter);
            case SECRET -> cause;
            case TIMEOUT,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    CONFLICT,
                    SYSTEM_ERROR,
                    MALFORMED,
                    NOT_A_READ,
                    REJECTED -> secret(reference, what, cause.remedy);
        };
    }

    public Kind kind() {
        return kind;
    }

    /** The connection's name; empty for a secret that no connection could be named for. */
    public String connection() {
        return connection;
    }

    /**
     * Whether the system may have done, or may yet do, what it was asked: only a look after the deadline tells. It was not
     * asked yet where the secret for it could not be read.
     */
    public boolean mayHaveActed() {
        if (ofSecret) {
            return false;
        }
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, SYSTEM_ERROR, MALFORMED -> true;
            case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, THROTTLED, NOT_A_READ, SECRET, REJECTED -> false;
        };
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
