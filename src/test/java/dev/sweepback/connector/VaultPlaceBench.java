package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One kind of resource in a Vault that only its own API can be asked about. */
abstract class VaultPlaceBench implements Bench {

    /** A Vault has its own clock. */
    static final Clock CLOCK = Clock.systemUTC();

    final VaultPlaces places;
    final VaultByHand vault;
    final HttpClients http;
    final Path home = temporary();
    private final String handover;
    private final String tokenRole;

    VaultPlaceBench(VaultPlaces places, HttpClients http) {
        this.places = places;
        this.vault = places.vault();
        this.http = http;
        this.handover = places.mount(true) + "/" + places.name();
        this.tokenRole = places.tokenRole();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sweepback-vault");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Connection connection(Connection.Timeouts timeouts) {
        return connection(vault.url());
    }

    Connection connection() {
        return connection(vault.url());
    }

    private Connection connection(URI url) {
        return new Connection(
                "vault",
                "vault",
                "test",
                url,
                Map.of("reissueRole", tokenRole),
                Map.of("auth.token", new SecretRef.Environment("VAULT_TOKEN")),
                4,
                Connection.Timeouts.DEFAULT);
    }

    Secrets ownToken() {
        return reference -> new Secret(vault.token());
    }

    @Override
    public Connection unknownPlace() {
        return connection(URI.create(vault.url() + "/elsewhere"));
    }

    /** A server with a page of its own for people may answer with that. */
    @Override
    public Set<ConnectorException.Kind> kindsOfUnknownPlace() {
        return Set.of(
                ConnectorException.Kind.NOT_FOUND, ConnectorException.Kind.REJECTED, ConnectorException.Kind.MALFORMED);
    }

    @Override
    public Handover handover() {
        return new Handover(Optional.of("vault"), handover);
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        return false;
    }

    @Override
    public boolean isWrite(String method, String path) {
        return !(List.of("GET", "LIST").contains(method)
                || path.endsWith("/lookup")
                || path.endsWith("/lookup-accessor")
                || path.endsWith("/capabilities-self"));
    }

    /** Vault counts nothing, so a change shows by what is there. */
    @Override
    public long changes() {
        return dump().toString().hashCode();
    }

    @Override
    public List<String> secrets() {
        return List.of(vault.token());
    }

    @Override
    public abstract ReadList reads();

    static JsonNode texts(List<String> texts) {
        return JsonMapper.shared().valueToTree(texts.stream().sorted().toList());
    }

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    /** What undo issued in the test would be found by the next one: operations have the same names in all. */
    @Override
    public void close() {
        for (String accessor : vault.list("auth/token/accessors")) {
            vault.readToken(accessor)
                    .filter(token -> isOfUndo(token.path("meta")) || isHandover(token))
                    .ifPresent(token -> vault.write("auth/token/revoke-accessor", "{'accessor':'" + accessor + "'}"));
        }
    }

    private boolean isHandover(JsonNode token) {
        String path = token.path("path").asString("");
        return token.path("policies").toString().contains("response-wrapping")
                && (path.equals("auth/token/create/" + tokenRole) || issues(path));
    }

    /** Whether undo issues what this path wraps. */
    boolean issues(String path) {
        return false;
    }

    static boolean isOfUndo(JsonNode metadata) {
        return metadata.path("sweepback_op").asString("").equals("revert-1");
    }
}
