package dev.sweepback.upgrade.parcel;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;

/** What a chain must keep: first by rules that say what is wrong, then by Java's own PKIX (RFC 5280, 6.1). */
final class ChainRules {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int CERTIFICATE_SIGNATURE = 5;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private ChainRules() {}

    /** @throws PackageRefused naming the certificate that does not hold, and why */
    static void check(Chain chain, Purpose purpose, Instant at) {
        complaint(chain.leaf(), at).ifPresent(refused -> {
            throw refused;
        });
        purposeComplaint(chain.leaf(), purpose).ifPresent(refused -> {
            throw refused;
        });
        for (X509Certificate issuer : chain.issuers()) {
            issuerComplaint(issuer, purpose, at).ifPresent(refused -> {
                throw refused;
            });
        }
        chain.certificates().forEach(certificate -> Algorithms.require(certificate, false));
        Algorithms.require(chain.root(), true);
        requireLength(chain);
        pkix(chain, at);
    }

    /** Whether a way over this issuer is worth trying. */
    static boolean mayIssue(X509Certificate issuer, Purpose purpose, Instant at) {
        return issuerComplaint(issuer, purpose, at).isEmpty();
    }

    private static Optional<PackageRefused> issuerComplaint(X509Certificate issuer, Purpose purpose, Instant at) {
        boolean[] usage = issuer.getKeyUsage();
        if (issuer.getBasicConstraints() < 0 || (usage != null && !usage[CERTIFICATE_SIGNATURE])) {
            return refused(
                    Fault.ISSUER_NOT_A_CA,
                    issuer,
                    "is no CA, but has issued another",
                    "somebody used a certificate for what it was not made for: do not install this, tell the vendor");
        }
        if (!purpose.isAllowedTo(issuer)) {
            return refused(
                    Fault.CERTIFICATE_PURPOSE,
                    issuer,
                    "may not issue certificates for " + purpose.text(),
                    "the vendor must sign with a certificate for " + purpose.text());
        }
        return complaint(issuer, at);
    }

    private static Optional<PackageRefused> complaint(X509Certificate certificate, Instant at) {
        if (at.isAfter(certificate.getNotAfter().toInstant())) {
            return refused(
                    Fault.CERTIFICATE_EXPIRED,
                    certificate,
                    "expired at " + certificate.getNotAfter().toInstant() + ", before " + at,
                    "ask the vendor for a package that is signed anew, or signed with a timestamp (RFC 3161) of when the certificate was valid");
        }
        if (at.isBefore(certificate.getNotBefore().toInstant())) {
            return refused(
                    Fault.CERTIFICATE_NOT_YET_VALID,
                    certificate,
                    "is valid from " + certificate.getNotBefore().toInstant() + " on only, after " + at,
                    "check the clock of this machine; if it is right, wait, or ask the vendor");
        }
        return Optional.empty();
    }

    private static Optional<PackageRefused> purposeComplaint(X509Certificate leaf, Purpose purpose) {
        boolean[] usage = leaf.getKeyUsage();
        if (!purpose.isNamedBy(leaf) || (usage != null && !usage[DIGITAL_SIGNATURE])) {
            return refused(
                    Fault.CERTIFICATE_PURPOSE,
                    leaf,
                    "is not for " + purpose.text()
                            + (purpose.isNamedBy(leaf) ? ": its key may not make digital signatures" : ""),
                    "the vendor must sign with a certificate for " + purpose.text());
        }
        return Optional.empty();
    }

    /** Java holds a trust anchor to no length of its own (RFC 5280, 4.2.1.9); those that issued themselves do not count. */
    private static void requireLength(Chain chain) {
        int most = chain.root().getBasicConstraints();
        long below = chain.certificates().stream()
                .skip(1)
                .filter(issuer -> !issuer.getSubjectX500Principal().equals(issuer.getIssuerX500Principal()))
                .count();
        if (below > most) {
            throw new PackageRefused(
                    Fault.CHAIN_INVALID,
                    "the root " + Certificates.name(chain.root()) + " allows " + most
                            + " CAs between it and a signer, but there are " + below + " above the certificate "
                            + Certificates.name(chain.leaf()),
                    "the vendor must sign with a certificate that its issuers may issue");
        }
    }

    private static void pkix(Chain chain, Instant at) {
        try {
            X509Certificate root = chain.root();
            List<X509Certificate> path = new ArrayList<>(chain.certificates());
            TrustAnchor anchor = new TrustAnchor(root, nameConstraints(root));
            if (Certificates.isIssuedBy(root, root)) {
                // As a part of the path it is held to its own limits too: length and names.
                path.add(root);
                anchor = new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new PackageRefused(
                    Fault.CHAIN_INVALID,
                    "the chain from the certificate " + Certificates.name(chain.leaf()) + " to the root "
                            + Certificates.name(chain.root()) + " does not hold: "
                            + Shown.text(String.valueOf(e.getMessage())),
                    "the vendor must sign with a certificate that its issuers may issue");
        }
    }

    @SuppressWarnings("NullAway") // none is null to Java
    private static byte[] nameConstraints(X509Certificate root) {
        byte[] extension = root.getExtensionValue(NAME_CONSTRAINTS);
        return extension == null ? null : ASN1OctetString.getInstance(extension).getOctets();
    }

    private static Optional<PackageRefused> refused(
            Fault fault, X509Certificate certificate, String what, String remedy) {
        return Optional.of(
                new PackageRefused(fault, "the certificate " + Certificates.name(certificate) + " " + what, remedy));
    }
}
