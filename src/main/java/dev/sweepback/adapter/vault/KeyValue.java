package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.Throttling;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secrets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The key/value engine of a Vault, version 1 or 2, whichever the path's mount is. Paths are written as people write them,
 * mount first and without {@code data/}: {@code secret/handover/dten}. A path of another engine, whose GET may issue
 * something, is refused where Vault names the engine.
 */
public final class KeyValue {

    /** What reading may send; capabilities are asked by POST. */
    static final ReadList READS = ReadList.of("GET /v1/**", "POST /v1/sys/capabilities-self");

    private record Place(String mount, String rest, boolean versioned) {
        String address() {
            return versioned ? mount + "/data/" + rest : mount + "/" + rest;
        }
    }

    private final Connection connection;
    private final Driver driver;

    private KeyValue(Connection connection, Http http, Login login) {
        this.connection = connection;
        this.driver = new Driver(connection, new LoggedIn(http, login));
    }

    /** One that cannot write. */
    public static KeyValue reading(Connection connection, HttpClients http, Secrets secrets) {
        return new KeyValue(connection, http.reading(connection, READS), Login.of(connection, http, secrets));
    }

    static KeyValue writing(Connection connection, HttpClients http, Secrets secrets) {
        return new KeyValue(connection, http.writing(connection), Login.of(connection, http, secrets));
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
        if (VaultErrors.saysNothingThere(response) || saysDeleted(response)) {
            return Optional.empty();
        }
        if (!response.successful()) {
            throw VaultErrors.judge(connection.name(), request, response);
        }
        JsonNode data = data(response);
        if ((place.versioned() ? data.path("data") : data) instanceof ObjectNode content) {
            return Optional.of(content);
        }
        throw new ConnectorException(
                Kind.MALFORMED,
                connection.name(),
                request + " was answered without data",
                "check that the path leads to a key/value engine");
    }

    /** Of a deleted version the metadata are told (recording {@code kv2-read-deleted-404}). */
    private static boolean saysDeleted(Response response) {
        return response.status() == 404 && data(response).path("metadata").isObject();
    }

    /**
     * Writes a value; in version 2 as a new version.
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> write(String path, ObjectNode content) {
        Place place = place(path);
        ObjectNode body = content;
        if (place.versioned()) {
            body = JsonNodeFactory.instance.objectNode();
            body.set("data", content);
        }
        return driver.write(place.address(), body).requestId();
    }

    /**
     * Why a value could not be written to the path, written over and read; empty if it could. Nothing is written.
     *
     * @throws ConnectorException if it cannot be told
     */
    Optional<String> objection(String path) {
        Optional<Place> place = named(path);
        if (place.isEmpty()) {
            return Optional.of("there is no such mount, or the token may do nothing in it");
        }
        String address = place.get().address();
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putArray("paths").add(address);
        List<String> capabilities = data(driver.write("sys/capabilities-self", question))
                .path(address)
                .valueStream()
                .map(name -> name.asString(""))
                .toList();
        List<String> missing = capabilities.contains("root")
                ? List.of()
                : List.of("create", "update", "read").stream()
                        .filter(needed -> !capabilities.contains(needed))
                        .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("the token's Vault policies lack " + String.join(", ", missing) + " on " + address);
    }

    /**
     * The path of the entry as Vault policies name it; empty if Vault does not name the mount.
     *
     * @throws ConnectorException if it is no key/value engine, or Vault cannot be asked
     */
    Optional<String> address(String path) {
        return named(path).map(Place::address);
    }

    private Place place(String path) {
        return named(path).orElseGet(() -> guessed(path));
    }

    /**
     * Asks Vault for the mount, as its own command line does. It needs no policy of its own, and is refused for a mount that
     * does not exist or that the token may do nothing in.
     */
    private Optional<Place> named(String path) {
        Request request = Request.get("/v1/sys/internal/ui/mounts/{+}", path);
        Response response = driver.read("sys/internal/ui/mounts/" + path);
        if (response.status() >= 500 || Throttling.refuses(response)) {
            throw VaultErrors.judge(connection.name(), request, response);
        }
        if (!response.successful()) {
            return Optional.empty();
        }
        JsonNode data = data(response);
        String mount = data.path("path").asString("").replaceFirst("/$", "");
        String type = data.path("type").asString("kv");
        if (!type.equals("kv") && !type.equals("generic")) {
            throw notKeyValue(path, "it belongs to an engine of type " + type);
        }
        if (mount.isEmpty() || !path.startsWith(mount + "/")) {
            return Optional.empty();
        }
        boolean versioned = data.path("options").path("version").asString("1").equals("2");
        return Optional.of(new Place(mount, path.substring(mount.length() + 1), versioned));
    }

    /** Without an answer the mount is the first segment. */
    private Place guessed(String path) {
        int slash = path.indexOf('/');
        if (slash < 1) {
            throw notKeyValue(path, "it has one segment only");
        }
        return new Place(path.substring(0, slash), path.substring(slash + 1), looksVersioned(path));
    }

    /**
     * A version 2 mount answers a path without {@code data/} by 404 and a warning (recording {@code kv2-wrong-path-404}),
     * or by 403, because policies for it name {@code data/}. Whatever is not Vault's own answer tells of neither version.
     */
    private boolean looksVersioned(String path) {
        Response response = driver.read(path);
        if (VaultErrors.deniesByPolicy(response) || warnsOfVersions(response)) {
            return true;
        }
        if (response.successful() || VaultErrors.saysNothingThere(response)) {
            return false;
        }
        throw VaultErrors.judge(connection.name(), Request.get("/v1/{+}", path), response);
    }

    private static boolean warnsOfVersions(Response response) {
        return response.status() == 404
                && response.json()
                        .map(body -> body.path("warnings").toString())
                        .orElse("")
                        .contains("versioned K/V");
    }

    private ConnectorException notKeyValue(String path, String why) {
        return new ConnectorException(
                Kind.REJECTED,
                connection.name(),
                "'" + path + "' is no path of a key/value engine: " + why,
                "write mount and path, for example secret/handover/dten");
    }

    private static JsonNode data(Response response) {
        return response.json().orElseGet(JsonNodeFactory.instance::objectNode).path("data");
    }
}
