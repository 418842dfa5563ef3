package dev.sweepback.connector;

/**
 * The address of one resource, written {@code kind:connection/id}: {@code flag:unleash/dark-mode}, {@code
 * lease:vault/database/creds/app/x1}.
 */
public record ResourceRef(String kind, String connection, String id) {

    public ResourceRef {
        if (kind.isBlank() || connection.isBlank() || id.isBlank() || kind.contains(":") || connection.contains("/")) {
            throw new IllegalArgumentException(
                    "a resource is written kind:connection/id, for example flag:unleash/dark-mode");
        }
    }

    /** @throws IllegalArgumentException with the expected form, if the text is not one */
    public static ResourceRef parse(String text) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/', colon + 1);
        if (colon < 1 || slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a resource: write kind:connection/id, for example flag:unleash/dark-mode");
        }
        if (Segments.unusable(text.substring(slash + 1)).isPresent()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a resource: the parts of its id between slashes cannot be empty, '.' or '..'");
        }
        return new ResourceRef(text.substring(0, colon), text.substring(colon + 1, slash), text.substring(slash + 1));
    }

    /** The same but for its id. */
    public ResourceRef at(String otherId) {
        return new ResourceRef(kind, connection, otherId);
    }

    @Override
    public String toString() {
        return kind + ":" + connection + "/" + id;
    }
}
