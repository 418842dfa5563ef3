package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Packages that are good but for their signature, its certificates or its timestamp. */
final class BrokenSignatures {

    private static final Instant SPRING = Instant.parse("2026-05-01T09:00:00Z");
    private static final Identity ROOT = Parcels.ROOT;
    private static final Identity ISSUING = Parcels.ISSUING;
    private static final Identity SIGNER = Parcels.SIGNER;

    private BrokenSignatures() {}

    static List<Broken> all() {
        Identity expired = leaf("Expired")
                .valid("2026-01-01T00:00:00Z", "2026-05-31T00:00:00Z")
                .by(ISSUING);
        Identity early = leaf("Early")
                .valid("2026-06-02T00:00:00Z", "2027-01-01T00:00:00Z")
                .by(ISSUING);
        Identity own = leaf("Self").bySelf();
        Identity impostor = new IdentityMaker("O=Vendor,CN=Vendor Root").ca().bySelf();
        Identity impostorsLeaf = leaf("Impostor").by(impostor);
        Identity notCa = leaf("Not a CA")
                .usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)
                .by(ROOT);
        Identity belowNotCa = leaf("Below").by(notCa);
        Identity noIssuing =
                new IdentityMaker("CN=No issuing").ca().usage(KeyUsage.cRLSign).by(ROOT);
        Identity belowNoIssuing = leaf("Below no issuing").by(noIssuing);
        Identity expiredIssuing = new IdentityMaker("CN=Old Issuing")
                .ca()
                .valid("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")
                .by(ROOT);
        Identity belowExpired = leaf("Below expired").by(expiredIssuing);
        Identity tlsIssuing = new IdentityMaker("CN=TLS Issuing")
                .ca()
                .purpose(KeyPurposeId.id_kp_serverAuth)
                .by(ROOT);
        Identity belowTls = leaf("Below TLS").by(tlsIssuing);
        Identity tls = leaf("TLS").purpose(KeyPurposeId.id_kp_serverAuth).by(ISSUING);
        Identity any =
                leaf("Anything").purpose(KeyPurposeId.anyExtendedKeyUsage).by(ISSUING);
        Identity none = leaf("No purpose").withoutPurpose().by(ISSUING);
        Identity encipher = leaf("Encipherment").usage(KeyUsage.keyEncipherment).by(ISSUING);
        Identity short1024 = leaf("Short key").keys("RSA", 1024).by(ISSUING);
        Identity curve192 = leaf("Short curve").keys("EC", 224).by(ISSUING);
        Identity sha1 = leaf("SHA-1 certificate").signedWith("SHA1withECDSA").by(ISSUING);
        Identity rsa = leaf("RSA").keys("RSA", 2048).by(ISSUING);
        Identity shallow = new IdentityMaker("CN=Shallow").ca().pathLength(0).by(ROOT);
        Identity belowShallow = new IdentityMaker("CN=Deeper").ca().by(shallow);
        Identity deepLeaf = leaf("Deep").by(belowShallow);
        Identity narrow =
                new IdentityMaker("CN=Narrow Root").ca().onlyBelow("O=Other").bySelf();
        Identity outside = leaf("Outside").by(narrow);
        Identity strangeStamps = new IdentityMaker("CN=Strange Stamps")
                .purpose(KeyPurposeId.id_kp_timeStamping)
                .by(new IdentityMaker("CN=Strange Stamps Root").ca().bySelf());
        Identity oldStamps = new IdentityMaker("CN=Old Stamps")
                .purpose(KeyPurposeId.id_kp_timeStamping)
                .valid("2026-01-01T00:00:00Z", "2026-05-15T00:00:00Z")
                .by(Parcels.STAMPS_ROOT);
        return List.of(
                Broken.of(
                        "no signature",
                        Fault.NO_SIGNATURE,
                        "there is no manifest.json.p7s",
                        parcel -> parcel.zip = raw -> raw.items.remove(1)),
                signed(
                        "signature that is no CMS",
                        Fault.SIGNATURE_UNREADABLE,
                        "no CMS signature in DER or PEM",
                        content -> content),
                signed(
                        "PEM of something else",
                        Fault.SIGNATURE_UNREADABLE,
                        "neither CMS nor PKCS7",
                        content -> Parcels.text(ROOT.pem())),
                signed(
                        "signature with bytes after it",
                        Fault.SIGNATURE_UNREADABLE,
                        "or damaged",
                        content -> concat(good().sign(content), new byte[] {5, 0})),
                signed(
                        "signature with content",
                        Fault.SIGNATURE_UNREADABLE,
                        "content of its own",
                        content -> good().encapsulated().sign(content)),
                signed(
                        "signature without signed attributes",
                        Fault.SIGNATURE_UNREADABLE,
                        "no signed attributes",
                        content -> good().withoutSignedAttributes().sign(content)),
                signed(
                        "nobody signed",
                        Fault.SIGNER_COUNT,
                        "has no signer",
                        content -> new Signing().bringing(ISSUING).sign(content)),
                signed(
                        "two signers",
                        Fault.SIGNER_COUNT,
                        "has 2 signers",
                        content -> new Signing(SIGNER, rsa)
                                .bringing(SIGNER, rsa, ISSUING)
                                .sign(content)),
                signed(
                        "signature over another file",
                        Fault.SIGNATURE_INVALID,
                        "the signature belongs to another file",
                        content -> good().sign(Parcels.text("another file"))),
                Broken.of(
                        "manifest changed after signing",
                        Fault.SIGNATURE_INVALID,
                        "the manifest was changed after it was signed",
                        parcel -> parcel.zip = raw -> raw.items.set(
                                0,
                                new RawZip.Item(
                                        raw.items.get(0).name,
                                        Parcels.text(parcel.manifestNode()
                                                .put("reboot", "none")
                                                .toPrettyString()),
                                        8))),
                signed(
                        "signature by another key",
                        Fault.SIGNATURE_INVALID,
                        "not made with the key of 'CN=Vendor Signing,O=Vendor'",
                        content -> new Signing(new Identity(SIGNER.holder(), own.key()))
                                .bringing(SIGNER, ISSUING)
                                .sign(content)),
                signed(
                        "signer's certificate missing",
                        Fault.SIGNER_CERTIFICATE_MISSING,
                        "the certificate of the signer is not in manifest.json.p7s",
                        content -> new Signing(SIGNER).bringing(ISSUING).sign(content)),
                signed(
                        "missing chain",
                        Fault.UNKNOWN_ISSUER,
                        "the certificate 'CN=Vendor Signing,O=Vendor' ends at an unknown issuer, 'CN=Vendor Issuing,O=Vendor'",
                        content -> new Signing(SIGNER).bringing(SIGNER).sign(content)),
                signed(
                                "unknown root",
                                Fault.UNKNOWN_ISSUER,
                                "unknown issuer, 'CN=Vendor Root,O=Vendor'; the topmost certificate at hand is 'CN=Vendor Issuing,O=Vendor' (SHA-256 "
                                        + Certificates.fingerprint(ISSUING.certificate()) + ")",
                                content -> good().sign(content))
                        .trusting(Parcels.STAMPS_ROOT),
                signed(
                                "root in the package",
                                Fault.UNTRUSTED_ROOT,
                                "ends at the root 'CN=Vendor Root,O=Vendor' (SHA-256 "
                                        + Certificates.fingerprint(ROOT.certificate())
                                        + "), which the package brought along itself",
                                content -> good().bringing(ROOT).sign(content))
                        .trusting(Parcels.STAMPS_ROOT),
                signed(
                        "self-signed signer",
                        Fault.UNTRUSTED_ROOT,
                        "ends at the root 'CN=Self'",
                        content -> new Signing(own).bringing(own).sign(content)),
                signed(
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
                signed(
                        "SHA-1 signature",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the manifest uses the digest SHA1",
                        content -> new Signing(rsa)
                                .with("SHA1withRSA")
                                .bringing(rsa, ISSUING)
                                .sign(content)),
                signed(
                        "MD5 signature",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the manifest uses the digest MD5",
                        content -> new Signing(rsa)
                                .with("MD5withRSA")
                                .bringing(rsa, ISSUING)
                                .sign(content)),
                signed(
                        "chain that is too deep",
                        Fault.CHAIN_INVALID,
                        "the chain from the certificate 'CN=Deep' to the root 'CN=Vendor Root,O=Vendor' does not hold",
                        content -> new Signing(deepLeaf)
                                .bringing(deepLeaf, belowShallow, shallow)
                                .sign(content)),
                signed(
                                "name that the root may not vouch for",
                                Fault.CHAIN_INVALID,
                                "to the root 'CN=Narrow Root' does not hold",
                                content ->
                                        new Signing(outside).bringing(outside).sign(content))
                        .trusting(narrow),
                signed("too many certificates", Fault.SIGNATURE_UNREADABLE, "more than 50 certificates", content -> {
                    Signing many = good();
                    for (int index = 0; index < 50; index++) {
                        many.bringing(leaf("Number " + index).by(ISSUING));
                    }
                    return many.sign(content);
                }),
                stamped(
                        "timestamp by an untrusted authority",
                        Fault.TIMESTAMP_UNTRUSTED,
                        "the timestamp's authority cannot be trusted: the certificate 'CN=Strange Stamps' ends at an unknown issuer",
                        signature -> Signing.token(strangeStamps, SPRING, signature)),
                stamped(
                        "timestamp by an expired authority",
                        Fault.TIMESTAMP_UNTRUSTED,
                        "'CN=Old Stamps' expired",
                        signature -> Signing.token(oldStamps, SPRING, signature)),
                stamped(
                        "timestamp by somebody who may not stamp",
                        Fault.TIMESTAMP_INVALID,
                        "the timestamp in the signature cannot be used: ExtendedKeyUsage not solely time stamping",
                        signature -> Signing.forgedToken(SIGNER, SPRING, signature, "SHA256withECDSA")),
                stamped(
                        "timestamp over another signature",
                        Fault.TIMESTAMP_INVALID,
                        "is that of another signature",
                        signature -> Signing.token(Parcels.STAMPS, SPRING, Parcels.text("another"))),
                stamped(
                        "timestamp with SHA-1",
                        Fault.WEAK_ALGORITHM,
                        "the imprint in the timestamp uses the digest SHA1",
                        signature ->
                                Signing.token(Parcels.STAMPS, SPRING, signature, "SHA-1", OIWObjectIdentifiers.idSHA1)),
                stamped(
                        "timestamp signed with SHA-1",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the timestamp uses the digest SHA1",
                        signature -> Signing.forgedToken(Parcels.STAMPS, SPRING, signature, "SHA1withECDSA")),
                signed(
                                "two timestamps",
                                Fault.TIMESTAMP_INVALID,
                                "is not the only one",
                                content -> good().stamped(signature -> Signing.token(Parcels.STAMPS, SPRING, signature))
                                        .stampedTwice()
                                        .sign(content))
                        .trusting(ROOT, Parcels.STAMPS_ROOT),
                signed(
                        "signature about another type of content",
                        Fault.SIGNATURE_UNREADABLE,
                        "about another type of content",
                        content -> good().about(PKCSObjectIdentifiers.id_ct_TSTInfo)
                                .sign(content)),
                signed(
                        "CMS that is no signature",
                        Fault.SIGNATURE_UNREADABLE,
                        "it is CMS, but no signature",
                        BrokenSignatures::data),
                stamped(
                        "timestamp from the future",
                        Fault.TIMESTAMP_INVALID,
                        "is of 2026-07-01T00:00:00Z, which is yet to come",
                        signature -> Signing.token(Parcels.STAMPS, Instant.parse("2026-07-01T00:00:00Z"), signature)),
                signed(
                                "timestamp after the end of the certificate",
                                Fault.CERTIFICATE_EXPIRED,
                                "'CN=Expired' expired at 2026-05-31T00:00:00Z, before 2026-05-31T10:00:00Z",
                                content -> new Signing(expired)
                                        .bringing(expired, ISSUING)
                                        .stamped(signature -> Signing.token(
                                                Parcels.STAMPS, Instant.parse("2026-05-31T10:00:00Z"), signature))
                                        .sign(content))
                        .trusting(ROOT, Parcels.STAMPS_ROOT));
    }

    private static byte[] data(byte[] content) {
        try {
            return new ContentInfo(CMSObjectIdentifiers.data, new DEROctetString(content)).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Signing good() {
        return new Signing(SIGNER).bringing(SIGNER, ISSUING);
    }

    private static IdentityMaker leaf(String name) {
        return new IdentityMaker("CN=" + name);
    }

    private static Broken signed(String name, Fault fault, String said, Function<byte[], byte[]> signature) {
        return Broken.of(name, fault, said, parcel -> parcel.signature = signature);
    }

    private static Broken chain(String name, Fault fault, String said, Identity signer, Identity issuer) {
        return signed(
                name,
                fault,
                said,
                content -> new Signing(signer).bringing(signer, issuer).sign(content));
    }

    private static Broken stamped(String name, Fault fault, String said, Function<byte[], ASN1Primitive> token) {
        return signed(name, fault, said, content -> good().stamped(token).sign(content))
                .trusting(ROOT, Parcels.STAMPS_ROOT);
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
