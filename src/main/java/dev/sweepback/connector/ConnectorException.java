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
     * A secret that its system could not give. Where that may pass, nothing is wrong with the secret: kind, connection and
     * time to wait stay those of the cause.
     */
    public static ConnectorException secret(SecretRef reference, ConnectorException cause) {
        String what = "it could not be read: " + cause.getMessage();
        if (cause.mayPass()) {
            return new ConnectorException(
                    "secret '" + reference + "': " + what,
                    cause.kind,
                    cause.connection,
                    cause.remedy,
                    true,
                    cause.retryAfter);
        }
        return cause.kind == Kind.SECRET ? cause : secret(reference, what, cause.remedy);
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

    /**
     * Whether the system could not tell for the moment, and may by itself tell another time: nothing follows from such a failure but
     * that nothing is known.
     */
    public boolean mayPass() {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, THROTTLED, SYSTEM_ERROR -> true;
            case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, MALFORMED, NOT_A_READ, SECRET, REJECTED -> false;
        };
    }

    /**
     * What speaks against doing anything, with what to do about it.
     *
     * @throws ConnectorException this one, if it {@linkplain #mayPass may pass}: then it is not known whether anything does
     */
    public String objection() {
        if (mayPass()) {
            throw this;
        }
        return getMessage() + "; " + remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
