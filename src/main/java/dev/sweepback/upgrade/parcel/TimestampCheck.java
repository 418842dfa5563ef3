package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/** When a trusted authority saw a signature (RFC 3161). One that does not hold is refused, not left out. */
final class TimestampCheck {

    /** How far the clocks of authority and verifier may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Trust trust;
    private final Clock clock;

    TimestampCheck(Trust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    /**
     * Empty if there is no timestamp.
     *
     * @throws PackageRefused if there is one that does not hold
     */
    Optional<Instant> time(CmsFile cms) {
        Optional<Attribute> attribute = attribute(cms.signer());
        if (attribute.isEmpty()) {
            return Optional.empty();
        }
        try {
            TimeStampToken token = new TimeStampToken(
                    ContentInfo.getInstance(attribute.get().getAttrValues().getObjectAt(0)));
            requireSameSignature(token, cms.signer());
            List<X509Certificate> brought = CmsFile.certificates(token.getCertificates());
            X509Certificate authority = authority(token, brought, cms);
            List<X509Certificate> all = new ArrayList<>(brought);
            all.addAll(cms.certificates());
            requireTrusted(authority, all);
            return Optional.of(notInTheFuture(token));
        } catch (PackageRefused e) {
            throw e;
        } catch (IOException
                | TSPException
                | GeneralSecurityException
                | OperatorCreationException
                | RuntimeException e) {
            // On damaged bytes the library throws whatever comes first.
            throw invalid("cannot be used: " + Shown.text(String.valueOf(e.getMessage())));
        }
    }

    private static Optional<Attribute> attribute(SignerInformation signer) {
        AttributeTable unsigned = signer.getUnsignedAttributes();
        if (unsigned == null) {
            return Optional.empty();
        }
        ASN1EncodableVector tokens = unsigned.getAll(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        if (tokens.size() == 0) {
            return Optional.empty();
        }
        Attribute first = Attribute.getInstance(tokens.get(0));
        if (tokens.size() > 1 || first.getAttrValues().size() != 1) {
            throw invalid("is not the only one");
        }
        return Optional.of(first);
    }

    private static void requireSameSignature(TimeStampToken token, SignerInformation signer)
            throws GeneralSecurityException {
        Algorithms.requireDigest(
                "the imprint in the timestamp",
                token.getTimeStampInfo().getHashAlgorithm().getAlgorithm());
        byte[] digest = MessageDigest.getInstance(
                        token.getTimeStampInfo().getMessageImprintAlgOID().getId(), SignatureCheck.PROVIDER)
                .digest(signer.getSignature());
        if (!MessageDigest.isEqual(digest, token.getTimeStampInfo().getMessageImprintDigest())) {
            throw invalid("is that of another signature");
        }
    }

    private X509Certificate authority(TimeStampToken token, List<X509Certificate> brought, CmsFile cms)
            throws CertificateException, OperatorCreationException, TSPException {
        List<X509Certificate> candidates = new ArrayList<>(brought);
        candidates.addAll(cms.certificates());
        candidates.addAll(trust.intermediates());
        candidates.removeIf(certificate -> !token.getSID().match(Certificates.holder(certificate)));
        if (candidates.isEmpty()) {
            throw invalid("does not bring the certificate of its authority");
        }
        SignerInformation signer =
                token.toCMSSignedData().getSignerInfos().getSigners().iterator().next();
        SignatureCheck.requireStrong("the signature of the timestamp", signer);
        return firstThatMade(token, candidates);
    }

    /** Anybody may have brought a certificate with the same issuer and number: it must not stand in the way. */
    private static X509Certificate firstThatMade(TimeStampToken token, List<X509Certificate> candidates)
            throws CertificateException, OperatorCreationException, TSPException {
        for (X509Certificate candidate : candidates.subList(0, candidates.size() - 1)) {
            try {
                return authority(token, candidate);
            } catch (CertificateException | OperatorCreationException | TSPException | RuntimeException e) {
                // perhaps the next one
            }
        }
        return authority(token, candidates.get(candidates.size() - 1));
    }

    private static X509Certificate authority(TimeStampToken token, X509Certificate candidate)
            throws CertificateException, OperatorCreationException, TSPException {
        // Also compares the certificate with the one that the token names, and its purpose.
        token.validate(new JcaSimpleSignerInfoVerifierBuilder()
                .setProvider(SignatureCheck.PROVIDER)
                .build(Certificates.holder(candidate)));
        return candidate;
    }

    private void requireTrusted(X509Certificate authority, List<X509Certificate> brought) {
        try {
            new Chains(trust, brought).verified(authority, Purpose.TIME_STAMPING, clock.instant());
        } catch (PackageRefused e) {
            throw new PackageRefused(
                    Fault.TIMESTAMP_UNTRUSTED,
                    "the timestamp's authority cannot be trusted: " + e.getMessage(),
                    e.remedy());
        }
    }

    private Instant notInTheFuture(TimeStampToken token) {
        Instant time = token.getTimeStampInfo().getGenTime().toInstant();
        if (time.isAfter(clock.instant().plus(SKEW))) {
            throw invalid("is of " + time + ", which is yet to come");
        }
        return time;
    }

    private static PackageRefused invalid(String what) {
        return new PackageRefused(
                Fault.TIMESTAMP_INVALID,
                "the timestamp in the signature " + what,
                "the vendor must sign again, with a timestamp of that very signature");
    }
}
