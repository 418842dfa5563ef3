package dev.sweepback.plan;

/**
 * How large a population was when the plan was made.
 *
 * @param key connection, kind and scope
 */
public record Count(String key, String connection, String kind, int size) {

    static String key(String connection, String kind, Object scope) {
        return connection + " " + kind + " " + scope;
    }
}
