package dev.sweepback.upgrade.parcel;

import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Packages that are good but for the certificates of their signature. */
final class BrokenChains {

    private static final Identity ROOT = Parcels.ROOT;
    private static final Identity ISSUING = Parcels.ISSUING;
    private static final Identity SIGNER = Parcels.SIGNER;

    private BrokenChains() {}

    static List<Broken> all() {
        Identity expired = IdentityMaker.leaf("Expired")
                .valid("2026-01-01T00:00:00Z", "2026-05-31T00:00:00Z")
                .by(ISSUING);
        Identity early = IdentityMaker.leaf("Early")
                .valid("2026-06-02T00:00:00Z", "2027-01-01T00:00:00Z")
                .by(ISSUING);
        Identity own = IdentityMaker.leaf("Self").bySelf();
        Identity impostor = new IdentityMaker("O=Vendor,CN=Vendor Root").ca().bySelf();
        Identity impostorsLeaf = IdentityMaker.leaf("Impostor").by(impostor);
        Identity notCa = IdentityMaker.leaf("Not a CA")
                .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                .by(ROOT);
        Identity belowNotCa = IdentityMaker.leaf("Below").by(notCa);
        Identity noIssuing =
                new IdentityMaker("CN=No issuing").ca().usage(KeyUsage.cRLSign).by(ROOT);
        Identity belowNoIssuing = IdentityMaker.leaf("Below no issuing").by(noIssuing);
        Identity expiredIssuing = new IdentityMaker("CN=Old Issuing")
                .ca()
                .valid("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
                .by(ROOT);
        Identity belowExpired = IdentityMaker.leaf("Below expired").by(expiredIssuing);
        Identity tlsIssuing = new IdentityMaker("CN=TLS Issuing")
                .ca()
                .purpose(KeyPurposeId.id_kp_serverAuth)
                .by(ROOT);
        Identity belowTls = IdentityMaker.leaf("Below TLS").by(tlsIssuing);
        Identity tls =
                IdentityMaker.leaf("TLS").purpose(KeyPurposeId.id_kp_serverAuth).by(ISSUING);
        Identity any = IdentityMaker.leaf("Anything")
                .purpose(KeyPurposeId.anyExtendedKeyUsage)
                .by(ISSUING);
        Identity none = IdentityMaker.leaf("No purpose").withoutPurpose().by(ISSUING);
        Identity encipher = IdentityMaker.leaf("Encipherment")
                .usage(KeyUsage.keyEncipherment)
                .by(ISSUING);
        Identity short1024 = IdentityMaker.leaf("Short key").keys("RSA", 1024).by(ISSUING);
        Identity curve192 = IdentityMaker.leaf("Short curve").keys("EC", 224).by(ISSUING);
        Identity sha1 = IdentityMaker.leaf("SHA-1 certificate")
                .signedWith("SHA1withECDSA")
                .by(ISSUING);
        Identity shallow = new IdentityMaker("CN=Shallow").ca().pathLength(0).by(ROOT);
        Identity belowShallow = new IdentityMaker("CN=Deeper").ca().by(shallow);
        Identity deepLeaf = IdentityMaker.leaf("Deep").by(belowShallow);
        Identity fromEd448 =
                new IdentityMaker("CN=Ed448 Issuing").ca().keys("Ed448", 0).by(ROOT);
        Identity belowEd448 =
                IdentityMaker.leaf("Below Ed448").signedWith("Ed448").by(fromEd448);
        Identity narrow =
                new IdentityMaker("CN=Narrow Root").ca().onlyBelow("O=Other").bySelf();
        Identity outside = IdentityMaker.leaf("Outside").by(narrow);
        Identity weakRoot =
                new IdentityMaker("CN=Weak Root").ca().keys("RSA", 1024).bySelf();
        Identity belowWeak = IdentityMaker.leaf("Below weak").by(weakRoot);
        Identity oldRoot = new IdentityMaker("CN=Old Root")
                .ca()
                .valid("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
                .bySelf();
        Identity belowOld = IdentityMaker.leaf("Below old").by(oldRoot);
        return List.of(
                chain(
                                "weak root",
                                Fault.WEAK_ALGORITHM,
                                "'CN=Weak Root' has an RSA key of 1024 bits",
                                belowWeak,
                                ISSUING)
                        .trusting(weakRoot),
                chain("expired root", Fault.CERTIFICATE_EXPIRED, "'CN=Old Root' expired at", belowOld, ISSUING)
                        .trusting(oldRoot),
                Broken.signed(
                        "missing chain",
                        Fault.UNKNOWN_ISSUER,
                        "the certificate 'CN=Vendor Signing,O=Vendor' ends at an unknown issuer, 'CN=Vendor Issuing,O=Vendor'",
                        content -> new Signing(SIGNER).bringing(SIGNER).sign(content)),
                Broken.signed(
                                "unknown root",
                                Fault.UNKNOWN_ISSUER,
                                "unknown issuer, 'CN=Vendor Root,O=Vendor'; the topmost certificate at hand is 'CN=Vendor Issuing,O=Vendor' (SHA-256 "
                                        + Certificates.fingerprint(ISSUING.certificate()) + ")",
                                content -> Signing.good().sign(content))
                        .trusting(Parcels.STAMPS_ROOT),
                Broken.signed(
                                "root in the package",
                                Fault.UNTRUSTED_ROOT,
                                "ends at the root 'CN=Vendor Root,O=Vendor' (SHA-256 "
                                        + Certificates.fingerprint(ROOT.certificate())
                                        + "), which the package brought along itself",
                                content -> Signing.good().bringing(ROOT).sign(content))
                        .trusting(Parcels.STAMPS_ROOT),
                Broken.signed(
                        "self-signed signer",
                        Fault.UNTRUSTED_ROOT,
                        "ends at the root 'CN=Self'",
                        content -> new Signing(own).bringing(own).sign(content)),
                Broken.signed(
                        "root of the same name",
                        Fault.UNTRUSTED_ROOT,
                        "a trusted root has the same name, but another key",
                        content -> new Signing(impostorsLeaf)
                                .bringing(impostorsLeaf, impostor)
                                .sign(content)),
                chain(
                        "expired signer",
                        Fault.CERTIFICATE_EXPIRED,
                        "'CN=Expired' expired at 2026-05-31T00:00:00Z, before 2026-06-01T12:00:00Z",
                        expired,
                        ISSUING),
                chain(
                        "signer not yet valid",
                        Fault.CERTIFICATE_NOT_YET_VALID,
                        "'CN=Early' is valid from 2026-06-02T00:00:00Z on only",
                        early,
                        ISSUING),
                chain(
                        "expired intermediate",
                        Fault.CERTIFICATE_EXPIRED,
                        "'CN=Old Issuing' expired",
                        belowExpired,
                        expiredIssuing),
                chain(
                        "intermediate without CA",
                        Fault.ISSUER_NOT_A_CA,
                        "'CN=Not a CA' is no CA, but has issued another",
                        belowNotCa,
                        notCa),
                chain(
                        "intermediate that may not issue",
                        Fault.ISSUER_NOT_A_CA,
                        "'CN=No issuing' is no CA",
                        belowNoIssuing,
                        noIssuing),
                chain(
                        "intermediate for TLS",
                        Fault.CERTIFICATE_PURPOSE,
                        "'CN=TLS Issuing' may not issue certificates for code signing",
                        belowTls,
                        tlsIssuing),
                chain("signer for TLS", Fault.CERTIFICATE_PURPOSE, "'CN=TLS' is not for code signing", tls, ISSUING),
                chain(
                        "signer for anything",
                        Fault.CERTIFICATE_PURPOSE,
                        "'CN=Anything' is not for code signing",
                        any,
                        ISSUING),
                chain(
                        "signer for nothing",
                        Fault.CERTIFICATE_PURPOSE,
                        "'CN=No purpose' is not for code signing",
                        none,
                        ISSUING),
                chain(
                        "signer that may not sign",
                        Fault.CERTIFICATE_PURPOSE,
                        "its key may not make digital signatures",
                        encipher,
                        ISSUING),
                chain(
                        "short RSA key",
                        Fault.WEAK_ALGORITHM,
                        "'CN=Short key' has an RSA key of 1024 bits",
                        short1024,
                        ISSUING),
                chain(
                        "short curve",
                        Fault.WEAK_ALGORITHM,
                        "'CN=Short curve' has a key on a curve of 224 bits",
                        curve192,
                        ISSUING),
                chain(
                        "SHA-1 certificate",
                        Fault.WEAK_ALGORITHM,
                        "'CN=SHA-1 certificate' is signed with ECDSAWITHSHA1",
                        sha1,
                        ISSUING),
                Broken.signed(
                        "chain that is too deep",
                        Fault.CHAIN_INVALID,
                        "the chain from the certificate 'CN=Deep' to the root 'CN=Vendor Root,O=Vendor' does not hold",
                        content -> new Signing(deepLeaf)
                                .bringing(deepLeaf, belowShallow, shallow)
                                .sign(content)),
                Broken.signed(
                                "chain that is too deep for a trusted CA in the middle",
                                Fault.CHAIN_INVALID,
                                "the root 'CN=Shallow' allows 0 CAs between it and a signer, but there are 1 above the certificate 'CN=Deep'",
                                content -> new Signing(deepLeaf)
                                        .bringing(deepLeaf, belowShallow)
                                        .sign(content))
                        .trusting(shallow),
                chain(
                        "certificate signed with Ed448",
                        Fault.WEAK_ALGORITHM,
                        "'CN=Below Ed448' is signed with ED448",
                        belowEd448,
                        fromEd448),
                Broken.signed(
                                "name that the root may not vouch for",
                                Fault.CHAIN_INVALID,
                                "to the root 'CN=Narrow Root' does not hold",
                                content ->
                                        new Signing(outside).bringing(outside).sign(content))
                        .trusting(narrow));
    }

    private static Broken chain(String name, Fault fault, String said, Identity signer, Identity issuer) {
        return Broken.signed(
                name,
                fault,
                said,
                content -> new Signing(signer).bringing(signer, issuer).sign(content));
    }
}
