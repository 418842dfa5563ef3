package dev.sweepback.upgrade.parcel;

import dev.sweepback.upgrade.Window;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package that is what a trusted vendor signed.
 *
 * @param manifestSha256 the digest of {@code manifest.json}, in hexadecimal
 */
public record CheckedPackage(Manifest manifest, String manifestSha256, Signer signer, List<Warning> warnings) {

    public CheckedPackage {
        warnings = List.copyOf(warnings);
    }

    /** With a warning if it takes longer than agreed. */
    public CheckedPackage in(Window window) {
        return new CheckedPackage(
                manifest,
                manifestSha256,
                signer,
                Stream.concat(warnings.stream(), Warnings.downtime(manifest, window).stream())
                        .toList());
    }
}
