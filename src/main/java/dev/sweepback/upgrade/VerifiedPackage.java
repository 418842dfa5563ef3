package dev.sweepback.upgrade;

import dev.sweepback.journal.Entry;
import java.time.Instant;

/**
 * The package of an upgrade as it was last verified.
 *
 * @param at when it was verified
 * @param date when it was built, by its manifest
 * @param reboot what its manifest says
 * @param signer the distinguished name of who signed it
 * @param signerSha256 the fingerprint of the signer's certificate, in hexadecimal
 */
public record VerifiedPackage(
        Instant at,
        String name,
        String version,
        Instant date,
        Reboot reboot,
        String manifestSha256,
        String signer,
        String signerSha256) {

    static VerifiedPackage of(Entry entry) {
        return new VerifiedPackage(
                entry.time(),
                entry.data("package").orElseThrow(),
                entry.data("version").orElseThrow(),
                Instant.parse(entry.data("date").orElseThrow()),
                Reboot.of(entry.data("reboot").orElseThrow()),
                entry.data("manifestSha256").orElseThrow(),
                entry.dataNode("signer").path("subject").asString(),
                entry.dataNode("signer").path("sha256").asString());
    }
}
