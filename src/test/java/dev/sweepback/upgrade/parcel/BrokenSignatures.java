package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** Packages that are good but for their signature. */
final class BrokenSignatures {

    private static final Identity ROOT = Parcels.ROOT;
    private static final Identity ISSUING = Parcels.ISSUING;
    private static final Identity SIGNER = Parcels.SIGNER;

    private BrokenSignatures() {}

    static List<Broken> all() {
        Identity own = IdentityMaker.leaf("Self").bySelf();
        Identity rsa = IdentityMaker.leaf("RSA").keys("RSA", 2048).by(ISSUING);
        return List.of(
                Broken.of(
                        "no signature",
                        Fault.NO_SIGNATURE,
                        "there is no manifest.json.p7s",
                        parcel -> parcel.zip = raw -> raw.items.remove(1)),
                Broken.signed(
                        "signature that is no CMS",
                        Fault.SIGNATURE_UNREADABLE,
                        "no CMS signature in DER or PEM",
                        content -> content),
                Broken.signed(
                        "PEM of something else",
                        Fault.SIGNATURE_UNREADABLE,
                        "neither CMS nor PKCS7",
                        content -> Parcels.text(ROOT.pem())),
                Broken.signed(
                        "signature with bytes after it",
                        Fault.SIGNATURE_UNREADABLE,
                        "or damaged",
                        content -> concat(Signing.good().sign(content), new byte[] {5, 0})),
                Broken.signed(
                        "signature with content",
                        Fault.SIGNATURE_UNREADABLE,
                        "content of its own",
                        content -> Signing.good().encapsulated().sign(content)),
                Broken.signed(
                        "signature without signed attributes",
                        Fault.SIGNATURE_UNREADABLE,
                        "no signed attributes",
                        content -> Signing.good().withoutSignedAttributes().sign(content)),
                Broken.signed(
                        "nobody signed",
                        Fault.SIGNER_COUNT,
                        "has no signer",
                        content -> new Signing().bringing(ISSUING).sign(content)),
                Broken.signed(
                        "two signers",
                        Fault.SIGNER_COUNT,
                        "has 2 signers",
                        content -> new Signing(SIGNER, rsa)
                                .bringing(SIGNER, rsa, ISSUING)
                                .sign(content)),
                Broken.signed(
                        "signature over another file",
                        Fault.SIGNATURE_INVALID,
                        "the signature belongs to another file",
                        content -> Signing.good().sign(Parcels.text("another file"))),
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
                Broken.signed(
                        "signature by another key",
                        Fault.SIGNATURE_INVALID,
                        "not made with the key of 'CN=Vendor Signing,O=Vendor'",
                        content -> new Signing(new Identity(SIGNER.holder(), own.key()))
                                .bringing(SIGNER, ISSUING)
                                .sign(content)),
                Broken.signed(
                        "signer's certificate missing",
                        Fault.SIGNER_CERTIFICATE_MISSING,
                        "the certificate of the signer is not in manifest.json.p7s",
                        content -> new Signing(SIGNER).bringing(ISSUING).sign(content)),
                Broken.signed(
                        "SHA-1 signature",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the manifest uses the digest SHA1",
                        content -> new Signing(rsa)
                                .with("SHA1withRSA")
                                .bringing(rsa, ISSUING)
                                .sign(content)),
                Broken.signed(
                        "MD5 signature",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the manifest uses the digest MD5",
                        content -> new Signing(rsa)
                                .with("MD5withRSA")
                                .bringing(rsa, ISSUING)
                                .sign(content)),
                Broken.signed(
                        "too many certificates", Fault.SIGNATURE_UNREADABLE, "more than 50 certificates", content -> {
                            Signing many = Signing.good();
                            for (int index = 0; index < 50; index++) {
                                many.bringing(
                                        IdentityMaker.leaf("Number " + index).by(ISSUING));
                            }
                            return many.sign(content);
                        }),
                Broken.signed(
                        "signature about another type of content",
                        Fault.SIGNATURE_UNREADABLE,
                        "about another type of content",
                        content -> Signing.good()
                                .about(PKCSObjectIdentifiers.id_ct_TSTInfo)
                                .sign(content)),
                Broken.signed(
                        "PSS without parameters",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the manifest is signed with RSASSA-PSS without readable parameters",
                        content -> ChangedSigner.withoutPssParameters(pss(rsa, content))),
                Broken.signed(
                        "PSS with parameters that are none",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the manifest is signed with RSASSA-PSS without readable parameters",
                        content -> ChangedSigner.withPssParameters(pss(rsa, content), DERNull.INSTANCE)),
                Broken.signed(
                        "PSS with the parameters that are meant by none",
                        Fault.WEAK_ALGORITHM,
                        "the signature of the manifest uses the digest SHA1",
                        content -> ChangedSigner.withPssParameters(pss(rsa, content), new DERSequence())),
                Broken.signed(
                        "CMS that is no signature",
                        Fault.SIGNATURE_UNREADABLE,
                        "it is CMS, but no signature",
                        BrokenSignatures::data));
    }

    private static byte[] pss(Identity signer, byte[] content) {
        return new Signing(signer)
                .with("SHA256withRSAandMGF1")
                .bringing(signer, ISSUING)
                .sign(content);
    }

    private static byte[] data(byte[] content) {
        try {
            return new ContentInfo(CMSObjectIdentifiers.data, new DEROctetString(content)).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
