package dev.sweepback.upgrade.parcel;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way from a certificate to a trusted root.
 *
 * @param certificates the certificate itself first, without the root
 */
record Chain(List<X509Certificate> certificates, X509Certificate root) {

    Chain {
        certificates = List.copyOf(certificates);
    }

    X509Certificate leaf() {
        return certificates.get(0);
    }

    /** Those between, and the root. */
    List<X509Certificate> issuers() {
        return Stream.concat(certificates.stream().skip(1), Stream.of(root)).toList();
    }
}
