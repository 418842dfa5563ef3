package dev.sweepback.upgrade.parcel;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.upgrade.Reboot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a package says of itself; signed by its vendor.
 *
 * @param downtime how long the system is away at most
 * @param temporary what the package creates for the upgrade alone
 */
public record Manifest(
        String name,
        String version,
        Instant date,
        List<ListedFile> files,
        Reboot reboot,
        Optional<Duration> downtime,
        List<NamedVersion> dependencies,
        List<NamedVersion> compatible,
        List<ResourceRef> temporary) {

    /** Its path in the package. */
    static final String PATH = "manifest.json";

    /** The path of the signature over its bytes. */
    static final String SIGNATURE_PATH = "manifest.json.p7s";

    public Manifest {
        files = List.copyOf(files);
        dependencies = List.copyOf(dependencies);
        compatible = List.copyOf(compatible);
        temporary = List.copyOf(temporary);
    }
}
