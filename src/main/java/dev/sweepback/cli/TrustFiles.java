package dev.sweepback.cli;

import dev.sweepback.connector.CaFile;
import dev.sweepback.upgrade.parcel.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads whom the verifier of packages shall believe. */
final class TrustFiles {

    private TrustFiles() {}

    static Trust read(Path roots, Optional<Path> chain) {
        List<X509Certificate> trusted = certificates("--trust", roots);
        List<X509Certificate> between =
                chain.map(file -> certificates("--chain", file)).orElse(List.of());
        try {
            return new Trust(trusted, between);
        } catch (IllegalArgumentException e) {
            throw unusable(
                    "--trust",
                    roots,
                    String.valueOf(e.getMessage()),
                    "a signer's own certificate is not enough: name that of the CA that answers for it");
        }
    }

    private static List<X509Certificate> certificates(String option, Path file) {
        try {
            return new CaFile(file).certificates();
        } catch (CaFile.Unusable e) {
            throw unusable(
                    option,
                    file,
                    String.valueOf(e.getMessage()),
                    "name a PEM file with certificates (BEGIN CERTIFICATE)");
        }
    }

    private static Failure unusable(String option, Path file, String what, String remedy) {
        return Failures.usage(
                "trust-unusable", "the certificates cannot be used: " + what, option + " " + file, remedy);
    }
}
