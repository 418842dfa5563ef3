package dev.sweepback.connector;

/** Resolves references to secrets, when one is needed and not before. */
public interface Secrets {

    /** @throws ConnectorException of kind {@link ConnectorException.Kind#SECRET} naming the reference, never the value */
    Secret resolve(SecretRef reference);
}
