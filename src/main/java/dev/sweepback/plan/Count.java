package dev.sweepback.plan;

import dev.sweepback.connector.ResourceRef;

/**
 * How large a population was when the plan was made.
 *
 * @param key connection, kind and scope
 */
public record Count(String key, String connection, String kind, int size) {

    static String key(String connection, String kind, Object scope) {
        return connection + " " + kind + " " + scope;
    }

    boolean covers(ResourceRef ref) {
        return ref.connection().equals(connection) && ref.kind().equals(kind);
    }
}
