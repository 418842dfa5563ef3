package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;

/** Whether a manifest was signed by somebody whom a trusted root answers for. */
final class SignatureCheck {

    /** Never registered: nothing else in the program shall use it. */
    static final Provider PROVIDER = new BouncyCastleProvider();

    private final Trust trust;
    private final Clock clock;

    SignatureCheck(Trust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    /** @throws PackageRefused if it was not */
    Signer check(byte[] manifest, byte[] signature) {
        try {
            return signer(manifest, signature);
        } catch (PackageRefused e) {
            throw e;
        } catch (RuntimeException e) {
            // On bytes that are made to confuse, libraries throw whatever comes first.
            throw new PackageRefused(
                    Fault.SIGNATURE_UNREADABLE,
                    "manifest.json.p7s cannot be used: something in it is damaged ("
                            + Shown.text(e.getClass().getSimpleName() + ": " + e.getMessage()) + ")",
                    "do not install this package; get it anew, and tell its vendor if it is no better");
        }
    }

    private Signer signer(byte[] manifest, byte[] signature) {
        CmsFile cms = CmsFile.read(signature, manifest);
        requireStrong("the signature of the manifest", cms.signer());
        X509Certificate certificate = signingCertificate(cms);
        Optional<Instant> seen = new TimestampCheck(trust, clock).time(cms);
        new Chains(trust, cms.certificates())
                .verified(certificate, Purpose.CODE_SIGNING, seen.orElseGet(clock::instant));
        return new Signer(
                certificate.getSubjectX500Principal().getName(),
                Certificates.sha256(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                seen);
    }

    static void requireStrong(String what, SignerInformation signer) {
        Algorithms.requireDigest(what, signer.getDigestAlgorithmID().getAlgorithm());
        Algorithms.requireSignature(what, signer.toASN1Structure().getDigestEncryptionAlgorithm(), true);
    }

    /** The certificate that the signer names, and whose key made the signature. */
    private X509Certificate signingCertificate(CmsFile cms) {
        List<X509Certificate> named = new ArrayList<>(cms.certificates());
        named.addAll(trust.intermediates());
        named.removeIf(certificate -> !cms.signer().getSID().match(Certificates.holder(certificate)));
        if (named.isEmpty()) {
            throw new PackageRefused(
                    Fault.SIGNER_CERTIFICATE_MISSING,
                    "the certificate of the signer is not in manifest.json.p7s: number "
                            + cms.signer().getSID().getSerialNumber() + ", issued by "
                            + issuer(cms.signer()),
                    "give it with --chain FILE, or ask the vendor to sign with its certificates");
        }
        return named.stream()
                .filter(certificate -> isMadeBy(cms.signer(), certificate))
                .findFirst()
                .orElseThrow(() -> new PackageRefused(
                        Fault.SIGNATURE_INVALID,
                        "the signature of the manifest was not made with the key of " + Certificates.name(named.get(0)),
                        "do not install this package; get it anew, and tell its vendor if it is no better"));
    }

    private static String issuer(SignerInformation signer) {
        X500Name issuer = signer.getSID().getIssuer();
        try {
            return issuer == null ? "somebody" : Certificates.name(new X500Principal(issuer.getEncoded()));
        } catch (IOException e) {
            return "somebody";
        }
    }

    private static boolean isMadeBy(SignerInformation signer, X509Certificate certificate) {
        try {
            // By the key alone: whether the certificate is valid is not judged by the time that the signer claims.
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(PROVIDER)
                    .build(BouncyCastleProvider.getPublicKey(
                            Certificates.holder(certificate).getSubjectPublicKeyInfo())));
        } catch (CMSSignerDigestMismatchException e) {
            throw new PackageRefused(
                    Fault.SIGNATURE_INVALID,
                    "the signature is not that of this manifest.json: the manifest was changed after it was signed, or the signature belongs to another file",
                    "do not install this package; get it anew, and tell its vendor if it is no better");
        } catch (CMSException | OperatorCreationException | IOException | RuntimeException e) {
            return false;
        }
    }
}
