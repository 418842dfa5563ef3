package dev.sweepback.upgrade.parcel;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whom the verifier believes.
 *
 * @param roots the only certificates that a chain may end at
 * @param intermediates more certificates that may stand between, trusted no more than those in a package
 */
public record Trust(List<X509Certificate> roots, List<X509Certificate> intermediates) {

    /** @throws IllegalArgumentException if there is no root, or one that may issue no certificates */
    public Trust {
        roots = List.copyOf(roots);
        intermediates = List.copyOf(intermediates);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("there is no root certificate");
        }
        for (X509Certificate root : roots) {
            if (root.getBasicConstraints() < 0) {
                throw new IllegalArgumentException(
                        Certificates.name(root) + " is no root certificate: it is not that of a CA (basicConstraints)");
            }
        }
    }
}
