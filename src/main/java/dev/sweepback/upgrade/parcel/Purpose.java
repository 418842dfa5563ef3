package dev.sweepback.upgrade.parcel;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a certificate must be for, by its extended key usage (RFC 5280, 4.2.1.12). */
enum Purpose {
    CODE_SIGNING("code signing", "1.3.6.1.5.5.7.3.3"),
    TIME_STAMPING("time stamping", "1.3.6.1.5.5.7.3.8");

    private static final String ANY = "2.5.29.37.0";

    private final String text;
    private final String oid;

    Purpose(String text, String oid) {
        this.text = text;
        this.oid = oid;
    }

    String text() {
        return text;
    }

    /** Named outright: a certificate for anything is for nothing in particular. */
    boolean isNamedBy(X509Certificate certificate) {
        return usages(certificate).contains(oid);
    }

    /** An issuer without the extension may issue for everything. */
    boolean isAllowedTo(X509Certificate issuer) {
        List<String> usages = usages(issuer);
        return usages.isEmpty() || usages.contains(oid) || usages.contains(ANY);
    }

    private static List<String> usages(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? List.of() : usages;
        } catch (CertificateParsingException e) {
            return List.of("unreadable");
        }
    }
}
