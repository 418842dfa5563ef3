package dev.sweepback.cli;

import dev.sweepback.journal.Ids;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the demo plays on: a sandbox of three systems, a temporary folder with the files, a home in it, and the story's clock. */
final class DemoWorld implements AutoCloseable {

    static final Duration LONG_AGO = Duration.ofDays(9);
    static final String JOB = "dten-cleanup";

    /** The job of the scene in which a check fails. */
    static final String BACK_OUT_JOB = "dten-back-out";

    private static final int ATTEMPTS = 20;

    final StoryClock clock = new StoryClock(LONG_AGO);
    final Sandbox sandbox = Sandbox.start(clock);
    final DtenScenario scenario = new DtenScenario(sandbox);
    final Path folder;

    DemoWorld() throws IOException {
        folder = Files.createTempDirectory("sweepback-demo-");
        String settings = resource("sweepback.yaml")
                .replace("@UNLEASH@", sandbox.unleash().url().toString())
                .replace("@GITHUB@", sandbox.github().url().toString())
                .replace("@VAULT@", sandbox.vault().url().toString());
        write(
                "sweepback.yaml",
                settings.replace("@UID@", LocalActor.uid()).replace("@OTHER@", DemoApproval.COLLEAGUE_UID));
        write("policies/production.yaml", resource("policy.yaml"));
        write("policies/small-waves.yaml", resource("small-waves.yaml"));
        for (String job : List.of(JOB, BACK_OUT_JOB)) {
            write(
                    "jobs/" + job + ".yaml",
                    resource(job + ".yaml")
                            .replace("@DTEN@", sandbox.dten().url().toString()));
        }
    }

    Path config() {
        return folder.resolve("sweepback.yaml");
    }

    Path home() {
        return folder.resolve("home");
    }

    /** The sandbox's own tokens: made up at its start, good for nothing else. */
    Map<String, String> tokens() {
        return Map.of(
                "UNLEASH_TOKEN", sandbox.unleash().token(),
                "GITHUB_TOKEN", sandbox.github().token(),
                "VAULT_TOKEN", sandbox.vault().token());
    }

    Outside outside(Outside real) {
        Map<String, String> environment = new HashMap<>(real.environment());
        environment.putAll(tokens());
        return new Outside(environment, clock, clock, real.out(), real.err(), false, real.http(), real.journal());
    }

    /** A fresh folder beside the home. */
    Path scratch(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name + "-" + Ids.random()));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DemoWorld.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IOException("the program is incomplete: demo/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Removes the folder, also while the story still writes to it: interrupted, the demo leaves nothing behind. */
    synchronized void remove() {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("the demo's folder " + folder + " could not be removed", e);
                }
            }
        }
    }

    @Override
    public void close() {
        sandbox.close();
        remove();
    }
}
