package dev.sweepback.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.vault.VaultLeases;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.VaultTwin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Vault with a database role, an orphan token role for undo, and a token of Sweepback's own. */
abstract class VaultBench implements TwinBench {

    private final Path home = temporary();
    private final Sandbox sandbox;
    final VaultTwin twin;
    private final VaultTwin.IssuedToken own;

    VaultBench(Clock clock) {
        sandbox = Sandbox.start(clock);
        twin = sandbox.vault();
        twin.databaseRole("dten-migrator", Duration.ofHours(4), Duration.ofHours(24));
        twin.tokenRole("sweepback-undo", List.of("dten", "issue-dten"), true);
        own = twin.createToken(json("{'policies':['sweepback'],'no_parent':true,'ttl':'24h'}"));
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    /** What somebody with the root token does by hand. */
    void byHand(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(twin.url() + "/v1/" + path))
                .header("X-Vault-Token", twin.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isLessThan(300);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path home() {
        return home;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sweepback-vault");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Secrets ownToken() {
        return reference -> new Secret(own.id());
    }

    @Override
    public Connection connection(Connection.Timeouts timeouts) {
        return connection(twin.url(), timeouts);
    }

    private static Connection connection(URI url, Connection.Timeouts timeouts) {
        return new Connection(
                "vault",
                "vault",
                "test",
                url,
                Map.of("reissueRole", "sweepback-undo"),
                Map.of("auth.token", new SecretRef.Environment("VAULT_TOKEN")),
                2,
                timeouts);
    }

    /** The whole API is not there. */
    @Override
    public Connection unknownPlace() {
        return connection(URI.create(twin.url() + "/elsewhere"), Connection.Timeouts.DEFAULT);
    }

    @Override
    public Handover handover() {
        return new Handover(Optional.of("vault"), "secret/handover/dten");
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        return false;
    }

    /** Reading a lease's path issues one; looking up is a PUT or a POST. */
    @Override
    public boolean isWrite(String method, String path) {
        if (path.endsWith("/v1/sys/leases/lookup")
                || path.endsWith("/v1/auth/token/lookup-accessor")
                || path.endsWith("/secret-id-accessor/lookup")
                || path.endsWith("/secret-id/lookup")
                || path.endsWith("/v1/sys/capabilities-self")) {
            return false;
        }
        return path.contains("/database/creds/")
                ? method.equals("GET")
                : !List.of("GET", "LIST").contains(method);
    }

    @Override
    public ReadList reads() {
        return VaultLeases.READS;
    }

    @Override
    public VaultTwin twin() {
        return twin;
    }

    @Override
    public List<String> secrets() {
        return List.of(own.id(), twin.token());
    }

    @Override
    public void close() {
        sandbox.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
