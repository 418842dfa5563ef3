package dev.sweepback.upgrade.parcel;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Packages that are good but for the timestamp in their signature. */
final class BrokenTimestamps {

    private static final Instant SPRING = Instant.parse("2026-05-01T09:00:00Z");
    private static final Identity ROOT = Parcels.ROOT;
    private static final Identity ISSUING = Parcels.ISSUING;
    private static final Identity SIGNER = Parcels.SIGNER;

    private BrokenTimestamps() {}

    static List<Broken> all() {
        Identity expired = IdentityMaker.leaf("Expired")
                .valid("2026-01-01T00:00:00Z", "2026-05-31T00:00:00Z")
                .by(ISSUING);
        Identity strangeStamps = new IdentityMaker("CN=Strange Stamps")
                .purpose(KeyPurposeId.id_kp_timeStamping)
                .by(new IdentityMaker("CN=Strange Stamps Root").ca().bySelf());
        Identity oldStamps = new IdentityMaker("CN=Old Stamps")
                .purpose(KeyPurposeId.id_kp_timeStamping)
                .valid("2026-01-01T00:00:00Z", "2026-05-15T00:00:00Z")
                .by(Parcels.STAMPS_ROOT);
        return List.of(
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
                Broken.signed(
                                "two timestamps",
                                Fault.TIMESTAMP_INVALID,
                                "is not the only one",
                                content -> Signing.good()
                                        .stamped(signature -> Signing.token(Parcels.STAMPS, SPRING, signature))
                                        .stampedTwice()
                                        .sign(content))
                        .trusting(ROOT, Parcels.STAMPS_ROOT),
                stamped(
                        "timestamp from the future",
                        Fault.TIMESTAMP_INVALID,
                        "is of 2026-07-01T00:00:00Z, which is yet to come",
                        signature -> Signing.token(Parcels.STAMPS, Instant.parse("2026-07-01T00:00:00Z"), signature)),
                Broken.signed(
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

    private static Broken stamped(String name, Fault fault, String said, Function<byte[], ASN1Primitive> token) {
        return Broken.signed(
                        name,
                        fault,
                        said,
                        content -> Signing.good().stamped(token).sign(content))
                .trusting(ROOT, Parcels.STAMPS_ROOT);
    }
}
