package dev.sweepback.upgrade.parcel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.util.Store;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * A detached signature as it was read (RFC 5652): one signer, and certificates that prove nothing yet.
 *
 * @param certificates those that it brings along
 */
record CmsFile(SignerInformation signer, List<X509Certificate> certificates) {

    private static final Set<String> LABELS = Set.of("CMS", "PKCS7");

    CmsFile {
        certificates = List.copyOf(certificates);
    }

    /** @throws PackageRefused if it is no detached signature of one signer */
    static CmsFile read(byte[] bytes, byte[] signed) {
        try {
            ContentInfo info = ContentInfo.getInstance(ASN1Primitive.fromByteArray(der(bytes)));
            if (!CMSObjectIdentifiers.signedData.equals(info.getContentType())) {
                throw unreadable("it is CMS, but no signature");
            }
            SignedData data = SignedData.getInstance(info.getContent());
            if (data.getEncapContentInfo().getContent() != null) {
                throw unreadable("it has content of its own instead of being detached");
            }
            if (!CMSObjectIdentifiers.data.equals(data.getEncapContentInfo().getContentType())) {
                throw unreadable("it is not about data, but about another type of content");
            }
            CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(signed), info);
            return new CmsFile(onlySigner(cms), certificates(cms.getCertificates()));
        } catch (PackageRefused e) {
            throw e;
        } catch (IOException | CMSException | CertificateException | RuntimeException e) {
            // On damaged bytes the library throws whatever comes first.
            throw unreadable("it is no CMS signature in DER or PEM, or damaged");
        }
    }

    private static SignerInformation onlySigner(CMSSignedData cms) {
        Collection<SignerInformation> signers = cms.getSignerInfos().getSigners();
        if (signers.size() != 1) {
            throw new PackageRefused(
                    Fault.SIGNER_COUNT,
                    "manifest.json.p7s has " + (signers.isEmpty() ? "no signer" : signers.size() + " signers")
                            + ", not exactly one",
                    "the vendor must sign the manifest once");
        }
        SignerInformation signer = signers.iterator().next();
        if (signer.getSignedAttributes() == null) {
            throw unreadable("it has no signed attributes, so that it could be taken for that of other content");
        }
        return signer;
    }

    static List<X509Certificate> certificates(Store<X509CertificateHolder> store)
            throws CertificateException, IOException {
        Collection<X509CertificateHolder> holders = store.getMatches(null);
        if (holders.size() > Limits.MOST_CERTIFICATES) {
            throw unreadable("it brings more than " + Limits.MOST_CERTIFICATES + " certificates");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (X509CertificateHolder holder : holders) {
            certificates.add(Certificates.of(holder));
        }
        return certificates;
    }

    private static byte[] der(byte[] bytes) throws IOException {
        if (!new String(bytes, StandardCharsets.ISO_8859_1).stripLeading().startsWith("-----BEGIN")) {
            return bytes;
        }
        try (PemReader reader =
                new PemReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1))) {
            PemObject object = reader.readPemObject();
            if (object == null || !LABELS.contains(object.getType())) {
                throw unreadable("it is PEM, but neither CMS nor PKCS7");
            }
            return object.getContent();
        }
    }

    private static PackageRefused unreadable(String what) {
        return new PackageRefused(
                Fault.SIGNATURE_UNREADABLE,
                "manifest.json.p7s cannot be used: " + what,
                "the vendor must make it as docs/packages.md shows: openssl cms -sign -binary -outform DER");
    }
}
