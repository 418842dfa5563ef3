package dev.sweepback.cli;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.sandbox.ConsulTwin;
import dev.sweepback.sandbox.FlagsmithTwin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A home with the published descriptions, twins of what they describe, and commands that are typed there. */
final class DescribedHome implements AutoCloseable {

    static final String FLAGSMITH_JOB = "flagsmith-cleanup";
    static final String CONSUL_JOB = "consul-cleanup";

    final StoryClock clock = new StoryClock(Duration.ofDays(9));
    final FlagsmithTwin flagsmith = FlagsmithTwin.start(clock);
    final ConsulTwin consul = ConsulTwin.start();
    final Path folder;

    UnaryOperator<Http> http = UnaryOperator.identity();

    DescribedHome(Path folder) {
        this.folder = folder;
        for (String name : List.of("flagsmith", "consul-kv")) {
            write("connectors/" + name + ".yaml", read(Path.of("connectors", name + ".yaml")));
        }
        write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  flagsmith: {type: "rest:flagsmith", url: "%s", project: "%d", token: "env:FLAGSMITH_TOKEN"}
                  consul: {type: "rest:consul-kv", url: "%s", prefix: dten/flags, token: "env:CONSUL_TOKEN"}
                """.formatted(flagsmith.url(), flagsmith.project(), consul.url()));
        job(FLAGSMITH_JOB, "flagsmith", "feature", "archive");
        job(CONSUL_JOB, "consul", "key", "remove");
    }

    private void job(String name, String connection, String kind, String action) {
        write("jobs/" + name + ".yaml", """
                apiVersion: sweepback/v1
                kind: Job
                metadata: {name: %s}
                spec:
                  after: {package: dten, environment: production}
                  start: automatic
                  steps:
                    - name: leftovers
                      connection: %s
                      kind: %s
                      select: {where: 'resource.name.contains("v2-")'}
                      action: %s
                """.formatted(name, connection, kind, action));
    }

    void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exchanges a part of a file, which must be there. */
    void edit(String name, String part, String other) {
        String text = read(folder.resolve(name));
        if (!text.contains(part)) {
            throw new IllegalArgumentException(name + " does not say " + part);
        }
        write(name, text.replace(part, other));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An upgrade that succeeded long enough ago. */
    void upgraded() {
        Instant start = clock.instant();
        data(
                "upgrade",
                "schedule",
                "dten",
                "--from",
                "1",
                "--to",
                "2",
                "--environment",
                "production",
                "--window",
                start + "/" + start.plus(Duration.ofHours(1)),
                "--id",
                "dten-2");
        data("upgrade", "start", "dten-2");
        clock.moveOn(Duration.ofMinutes(30));
        data("upgrade", "complete", "dten-2");
        clock.moveOn(Duration.ofDays(2));
    }

    Path config() {
        return folder.resolve("sweepback.yaml");
    }

    Path home() {
        return folder.resolve("home");
    }

    Map<String, String> environment() {
        return Map.of("FLAGSMITH_TOKEN", flagsmith.token(), "CONSUL_TOKEN", consul.token());
    }

    Terminal.Answer type(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config().toString(), "--home", home().toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Outside outside = new Outside(
                environment(),
                clock,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                http,
                UnaryOperator.identity());
        int exit = Cli.run(all.toArray(String[]::new), outside);
        return new Terminal.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** As JSON; the command must succeed. */
    JsonNode data(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        Terminal.Answer answer = type(all.toArray(String[]::new));
        if (answer.exit() != 0) {
            throw new AssertionError(all + " ended with " + answer);
        }
        return answer.json();
    }

    /** How often the systems were asked to change something. */
    long writes() {
        return List.of(flagsmith.traffic(), consul.traffic()).stream()
                .flatMap(traffic -> traffic.exchanges().stream())
                .filter(exchange -> !exchange.method().equals("GET"))
                .count();
    }

    @Override
    public void close() {
        flagsmith.close();
        consul.close();
    }
}
