package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secrets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The key/value engine of a Vault, version 1 or 2, whichever the path's mount is. Paths are written as people write them,
 * mount first and without {@code data/}: {@code secret/handover/dten}.
 */
public final class KeyValue {

    /** The connection key of the token. */
    static final String TOKEN = "auth.token";

    private record Place(String mount, String rest, boolean versioned) {
        String address() {
            return versioned ? mount + "/data/" + rest : mount + "/" + rest;
        }
    }

    private final Connection connection;
    private final Driver driver;

    public KeyValue(Connection connection, Secrets secrets) {
        this.connection = connection;
        this.driver = new Driver(connection, secrets);
    }

    /**
     * The newest value at the path; empty if there is none, or if it is deleted.
     *
     * @throws ConnectorException if it cannot be told
     */
    public Optional<ObjectNode> read(String path) {
        Place place = place(path);
        Request request = Request.get("/v1/{+}", place.address());
        Response response = driver.read(place.address());
        if (response.status() == 404) {
            return Optional.empty();
        }
        if (!response.successful()) {
            throw VaultErrors.judge(connection.name(), request, response);
        }
        JsonNode data =
                response.json().orElseGet(JsonNodeFactory.instance::objectNode).path("data");
        if ((place.versioned() ? data.path("data") : data) instanceof ObjectNode content) {
            return Optional.of(content);
        }
        throw new ConnectorException(
                ConnectorException.Kind.MALFORMED,
                connection.name(),
                request + " was answered without data",
                "check that the path leads to a key/value engine");
    }

    /** Writes a value; in version 2 as a new version. */
    void write(String path, ObjectNode content) {
        Place place = place(path);
        ObjectNode body = content;
        if (place.versioned()) {
            body = JsonNodeFactory.instance.objectNode();
            body.set("data", content);
        }
        driver.write(place.address(), body);
    }

    /** Asks Vault for the mount, as its own command line does; without an answer the mount is the first segment. */
    private Place place(String path) {
        Response response = driver.read("sys/internal/ui/mounts/" + path);
        if (response.successful()) {
            JsonNode data = response.json()
                    .orElseGet(JsonNodeFactory.instance::objectNode)
                    .path("data");
            String mount = data.path("path").asString("").replaceFirst("/$", "");
            if (!mount.isEmpty() && path.startsWith(mount + "/")) {
                boolean versioned =
                        data.path("options").path("version").asString("1").equals("2");
                return new Place(mount, path.substring(mount.length() + 1), versioned);
            }
        } else if (response.status() >= 500) {
            throw VaultErrors.judge(connection.name(), Request.get("/v1/sys/internal/ui/mounts/{+}", path), response);
        }
        int slash = path.indexOf('/');
        if (slash < 1) {
            throw new ConnectorException(
                    ConnectorException.Kind.REJECTED,
                    connection.name(),
                    "'" + path + "' is no path of a key/value engine",
                    "write mount and path, for example secret/handover/dten");
        }
        return new Place(path.substring(0, slash), path.substring(slash + 1), looksVersioned(path));
    }

    /**
     * A version 2 mount answers a path without {@code data/} by 404 and a warning (recording {@code kv2-wrong-path-404}),
     * or by 403, because policies for it name {@code data/}.
     */
    private boolean looksVersioned(String path) {
        Response response = driver.read(path);
        if (response.status() == 403) {
            return true;
        }
        return response.status() == 404
                && response.json()
                        .map(body -> body.path("warnings").toString())
                        .orElse("")
                        .contains("versioned K/V");
    }
}
