package dev.sweepback.connector;

import dev.sweepback.job.Description;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the descriptions of the repository, and those that tests write. */
public final class Described {

    private Described() {}

    /** One of the folder {@code connectors}. */
    public static Description published(String name) {
        return of(Path.of("connectors"), name);
    }

    /** One of a folder {@code connectors}, which must have no problem. */
    public static Description of(Path connectors, String name) {
        List<Description> found = new ArrayList<>();
        Loaded loaded = Workspace.load(
                connectors.resolveSibling("none.yaml"),
                descriptions -> {
                    found.addAll(descriptions);
                    return new Catalog(List.of());
                },
                (cron, zone, after) -> Optional.empty(),
                Clock.systemUTC());
        return found.stream()
                .filter(description -> description.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(loaded.problems().toString()));
    }

    /** One that a test writes. */
    public static Description written(Path folder, String name, String text) {
        try {
            Path connectors = Files.createDirectories(folder.resolve("connectors"));
            Files.writeString(connectors.resolve(name + ".yaml"), text);
            return of(connectors, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
