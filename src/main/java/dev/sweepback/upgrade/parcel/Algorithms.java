package dev.sweepback.upgrade.parcel;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;

/** Which algorithms and keys are strong enough. What is not in a list is refused, whatever it is. */
final class Algorithms {

    private static final int FEWEST_RSA_BITS = 2048;
    private static final int FEWEST_CURVE_BITS = 256;

    private static final Set<ASN1ObjectIdentifier> DIGESTS =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            // Not Ed448: it wants SHAKE256 (RFC 8419), which is no digest here.
            EdECObjectIdentifiers.id_Ed25519);

    private Algorithms() {}

    /** @throws PackageRefused if it is none of SHA-256, SHA-384 and SHA-512 */
    static void requireDigest(String what, ASN1ObjectIdentifier digest) {
        if (!DIGESTS.contains(digest)) {
            throw weak(what + " uses the digest " + name(digest));
        }
    }

    /** @param plainRsa whether RSA without a digest may be named, as the digest stands beside it */
    static void requireSignature(String what, AlgorithmIdentifier algorithm, boolean plainRsa) {
        ASN1ObjectIdentifier id = algorithm.getAlgorithm();
        if (id.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            requireDigest(what, pssDigest(what, algorithm));
        } else if (!SIGNATURES.contains(id) && !(plainRsa && id.equals(PKCSObjectIdentifiers.rsaEncryption))) {
            throw weak(what + " is signed with " + name(id));
        }
    }

    private static ASN1ObjectIdentifier pssDigest(String what, AlgorithmIdentifier algorithm) {
        try {
            RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
            if (parameters != null) {
                return parameters.getHashAlgorithm().getAlgorithm();
            }
        } catch (RuntimeException e) {
            // said below: on damaged bytes the library throws whatever comes first
        }
        throw weak(what + " is signed with RSASSA-PSS without readable parameters");
    }

    /** Its own signature is not looked at if it is a root: nothing rests on that. */
    static void require(X509Certificate certificate, boolean root) {
        String what = "the certificate " + Certificates.name(certificate);
        requireKey(what, certificate.getPublicKey());
        if (!root) {
            requireSignature(what, Certificates.holder(certificate).getSignatureAlgorithm(), false);
        }
    }

    private static void requireKey(String what, PublicKey key) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < FEWEST_RSA_BITS) {
            throw weak(what + " has an RSA key of " + rsa.getModulus().bitLength() + " bits");
        }
        if (key instanceof ECPublicKey curve && curve.getParams().getOrder().bitLength() < FEWEST_CURVE_BITS) {
            throw weak(what + " has a key on a curve of "
                    + curve.getParams().getOrder().bitLength() + " bits");
        }
        if (!(key instanceof RSAPublicKey) && !(key instanceof ECPublicKey) && !(key instanceof EdECPublicKey)) {
            throw weak(what + " has a key of type " + key.getAlgorithm());
        }
    }

    private static String name(ASN1ObjectIdentifier id) {
        return new DefaultAlgorithmNameFinder().getAlgorithmName(id);
    }

    private static PackageRefused weak(String what) {
        return new PackageRefused(
                Fault.WEAK_ALGORITHM,
                what + ", which is too weak to be believed, or unknown here",
                "the vendor must sign with SHA-256 or better, and RSA of 2048 bits or more, ECDSA of 256 or more, or Ed25519");
    }
}
