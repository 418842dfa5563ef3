package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Signatures whose one signer is not as a library would write it. */
final class ChangedSigner {

    private ChangedSigner() {}

    static byte[] withoutPssParameters(byte[] signature) {
        return pss(signature, new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS));
    }

    static byte[] withPssParameters(byte[] signature, ASN1Encodable parameters) {
        return pss(signature, new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, parameters));
    }

    private static byte[] pss(byte[] signature, AlgorithmIdentifier algorithm) {
        return changed(
                signature,
                signer -> new SignerInfo(
                        signer.getSID(),
                        signer.getDigestAlgorithm(),
                        signer.getAuthenticatedAttributes(),
                        algorithm,
                        signer.getEncryptedDigest(),
                        signer.getUnauthenticatedAttributes()));
    }

    private static byte[] changed(byte[] signature, UnaryOperator<SignerInfo> change) {
        ContentInfo info = ContentInfo.getInstance(signature);
        SignedData data = SignedData.getInstance(info.getContent());
        SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        SignedData changed = new SignedData(
                data.getDigestAlgorithms(),
                data.getEncapContentInfo(),
                data.getCertificates(),
                data.getCRLs(),
                new DERSet(change.apply(signer)));
        try {
            return new ContentInfo(info.getContentType(), changed).getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
