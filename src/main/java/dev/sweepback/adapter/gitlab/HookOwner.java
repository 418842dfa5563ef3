package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Optional;

/**
 * What the hooks of a connection belong to: one project or one group.
 *
 * @param path its number, or its whole path: {@code acme/dten}
 */
record HookOwner(Place place, String path) {

    static final String PROJECT = "project";
    static final String GROUP = "group";

    /** What the two keys tell, of which a connection has exactly one. */
    static final String KEYS = "whose hooks are meant";

    /** The two that have hooks. */
    enum Place {
        PROJECT(HookOwner.PROJECT, "/api/v4/projects/{}/hooks", "Maintainer of the project"),
        GROUP(HookOwner.GROUP, "/api/v4/groups/{}/hooks", "Owner of the group");

        private final String noun;
        private final String template;
        private final String role;

        Place(String noun, String template, String role) {
            this.noun = noun;
            this.template = template;
            this.role = role;
        }
    }

    /** @throws ConnectorException unless the connection names exactly one */
    static HookOwner of(Connection connection) {
        Optional<String> project = connection.option(PROJECT);
        Optional<String> group = connection.option(GROUP);
        if (project.isPresent() == group.isPresent()) {
            throw refused(
                    connection,
                    project.isPresent()
                            ? "it names both a project and a group"
                            : "it names neither a project nor a group",
                    "give it one of the two keys, project or group, with its number or path");
        }
        String path = project.or(() -> group).orElseThrow();
        if (path.isBlank() || path.startsWith("/") || path.endsWith("/")) {
            throw refused(
                    connection,
                    "its project or group is neither a number nor a path",
                    "write its number, or its path as in the address of its page: acme/dten");
        }
        return new HookOwner(project.isPresent() ? Place.PROJECT : Place.GROUP, path);
    }

    private static ConnectorException refused(Connection connection, String what, String remedy) {
        return new ConnectorException(Kind.REJECTED, connection.name(), what, remedy);
    }

    /** What it is, as GitLab calls it. */
    String noun() {
        return place.noun;
    }

    /** The rights that a token needs for its hooks, in words. */
    String permission() {
        return "scope api, of a " + place.role;
    }

    /** Those that list or create hooks. */
    Request hooks(String method) {
        return Request.of(method, place.template, path);
    }

    Request hook(String method, String id) {
        return Request.of(method, place.template + "/{}", path, id);
    }
}
