package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Vault's API that removes keys of key/value engines and puts them back. Nothing is sent to a path before Vault
 * has named the engine that it belongs to. Of version 2 only versions are deleted and undeleted, always named ones; there is
 * no request in here that deletes metadata or destroys, as both are final.
 */
final class KvApi {

    /** What asking for the mount needs. */
    static final ReadList READS = ReadList.of("GET /v1/sys/internal/ui/mounts/**");

    /** Numbers are kept as they are written. */
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Connection connection;
    private final VaultRequests asking;
    private final Function<KvMount, VaultRequests> requests;
    private final List<KvMount> mounts = new CopyOnWriteArrayList<>();

    /**
     * @param asking asks for mounts
     * @param requests what may be sent to a mount
     */
    KvApi(Connection connection, VaultRequests asking, Function<KvMount, VaultRequests> requests) {
        this.connection = connection;
        this.asking = asking;
        this.requests = requests;
    }

    /**
     * Where the path leads, mount first.
     *
     * @throws ConnectorException unless Vault says that it belongs to a key/value engine
     */
    KvPath path(String path) {
        if (Segments.unusable(path).isPresent()) {
            throw rejected("'" + path + "' has a part that is empty, '.' or '..'", "write the whole path, mount first");
        }
        KvMount mount = mounts.stream()
                .filter(known -> known.holds(path + "/"))
                .findFirst()
                .orElseGet(() -> named(path));
        String rest = path.length() > mount.path().length()
                ? path.substring(mount.path().length() + 1)
                : "";
        return new KvPath(mount, rest);
    }

    /** Mounts do not lie in each other, so the one that Vault names is kept. */
    private KvMount named(String path) {
        Request request = Request.get("/v1/sys/internal/ui/mounts/{+}", path);
        Response response = asking.send(request);
        if (response.status() == 403 && VaultErrors.says(response, "preflight capability check")) {
            throw new ConnectorException(
                    Kind.NOT_FOUND,
                    connection.name(),
                    "Vault names no mount that '" + path + "' belongs to: it does not exist, or the token may do"
                            + " nothing in it",
                    "write mount and path, for example secret/up; if it is right, let the token's Vault policy list it");
        }
        KvMount mount = asking.parse(request, asking.json(request, response), data -> mount(path, data));
        mounts.add(mount);
        return mount;
    }

    private KvMount mount(String path, Answered data) {
        String type = data.text("type");
        if (!type.equals("kv") && !type.equals("generic")) {
            throw rejected(
                    "'" + path + "' belongs to an engine of type " + type,
                    "name a path of a key/value engine, for example secret/up");
        }
        String version = data.node("options").path("version").asString("1");
        KvMount mount = new KvMount(data.text("path").replaceFirst("/$", ""), version.equals("2"));
        if (!mount.holds(path + "/") || !(version.equals("1") || version.equals("2"))) {
            throw new Answered.Malformed("path, or another version than 1 and 2");
        }
        return mount;
    }

    /** All keys below the folder, level by level; a key of the folder's own name is not below it. */
    List<KvPath> below(KvPath folder) {
        List<KvPath> found = new ArrayList<>();
        List<KvPath> level = List.of(folder);
        while (!level.isEmpty()) {
            List<KvPath> folders = new ArrayList<>();
            for (List<KvPath> listed : InParallel.map(connection.concurrency(), level, this::listed)) {
                for (KvPath path : listed) {
                    if (path.rest().endsWith("/")) {
                        folders.add(new KvPath(
                                path.mount(),
                                path.rest().substring(0, path.rest().length() - 1)));
                    } else {
                        found.add(path);
                    }
                }
            }
            level = folders;
        }
        return found;
    }

    private List<KvPath> listed(KvPath folder) {
        KvMount mount = folder.mount();
        String start = folder.rest().isEmpty() ? "" : folder.rest() + "/";
        String address = mount.path() + (mount.versioned() ? "/metadata" : "");
        Request request = folder.rest().isEmpty()
                ? Request.of("LIST", "/v1/{+}", address)
                : Request.of("LIST", "/v1/{+}/{+}", address, folder.rest());
        return requests.apply(mount).keys(request).stream()
                .map(key -> new KvPath(mount, start + straight(folder, key)))
                .toList();
    }

    /** A name that no request can carry would lead to another key. */
    private String straight(KvPath folder, String key) {
        if (Segments.unusable(key.replaceFirst("/$", "")).isPresent()) {
            throw rejected(
                    "below '" + folder + "' there is a key '" + key + "', which cannot be asked for",
                    "rename or remove it by hand, or name a folder beside it");
        }
        return key;
    }

    /** The key; empty if Vault says that there is none. Of version 1 this reads its value. */
    Optional<KvKey> key(KvPath path) {
        return path.mount().versioned()
                ? versioned(path).map(KvKey.class::cast)
                : plain(path).map(KvKey.class::cast);
    }

    private Optional<KvVersioned> versioned(KvPath path) {
        Request request = Request.get("/v1/{+}/metadata/{+}", path.mount().path(), path.rest());
        return requests.apply(path.mount())
                .lookup(request, VaultErrors::saysNothingThere, data -> KvVersioned.from(path, data));
    }

    private Optional<KvPlain> plain(KvPath path) {
        Request request = Request.get("/v1/{+}/{+}", path.mount().path(), path.rest());
        VaultRequests sender = requests.apply(path.mount());
        Response response = sender.send(request);
        if (VaultErrors.saysNothingThere(response)) {
            return Optional.empty();
        }
        if (!sender.json(request, response).path("data").isObject()) {
            throw sender.malformed(request, "was answered without data");
        }
        JsonNode exact = EXACT.readTree(response.body()).path("data");
        return Optional.of(new KvPlain(path, exact.toString()));
    }

    /**
     * Deletes these versions, which can be undeleted.
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> deleteVersions(KvPath path, List<Integer> versions) {
        return changed(
                path,
                Request.of("POST", "/v1/{+}/delete/{+}", path.mount().path(), path.rest())
                        .body(body(versions)));
    }

    /**
     * The answer proves nothing: it is the same for what is destroyed or gone (recordings {@code kv2-undelete-destroyed-204}, {@code
     * kv2-undelete-gone-204}).
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> undeleteVersions(KvPath path, List<Integer> versions) {
        return changed(
                path,
                Request.of("POST", "/v1/{+}/undelete/{+}", path.mount().path(), path.rest())
                        .body(body(versions)));
    }

    private static ObjectNode body(List<Integer> versions) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        versions.forEach(body.putArray("versions")::add);
        return body;
    }

    /**
     * Deletes a key of version 1, for good.
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> deletePlain(KvPath path) {
        return changed(path, Request.of("DELETE", "/v1/{+}/{+}", path.mount().path(), path.rest()));
    }

    /**
     * Writes a key of version 1.
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> writePlain(KvPath path, String value) {
        return changed(
                path,
                Request.of("POST", "/v1/{+}/{+}", path.mount().path(), path.rest())
                        .body(EXACT.readTree(value)));
    }

    private Optional<String> changed(KvPath path, Request request) {
        return requests.apply(path.mount()).call(request).requestId();
    }

    private ConnectorException rejected(String what, String remedy) {
        return new ConnectorException(Kind.REJECTED, connection.name(), what, remedy);
    }
}
