package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/** Makes detached signatures, good ones unless told otherwise. */
final class Signing {

    private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private final List<Identity> signers = new ArrayList<>();
    private final List<X509CertificateHolder> brought = new ArrayList<>();
    private Optional<String> algorithm = Optional.empty();
    private ASN1ObjectIdentifier type = CMSObjectIdentifiers.data;
    private int stamps = 1;
    private boolean encapsulated;
    private boolean direct;
    private Optional<Function<byte[], ASN1Primitive>> timestamp = Optional.empty();

    Signing(Identity... signers) {
        this.signers.addAll(List.of(signers));
    }

    static Signing good() {
        return new Signing(Parcels.SIGNER).bringing(Parcels.SIGNER, Parcels.ISSUING);
    }

    Signing bringing(Identity... identities) {
        for (Identity identity : identities) {
            brought.add(identity.holder());
        }
        return this;
    }

    Signing with(String signatureAlgorithm) {
        algorithm = Optional.of(signatureAlgorithm);
        return this;
    }

    Signing about(ASN1ObjectIdentifier contentType) {
        type = contentType;
        return this;
    }

    Signing stampedTwice() {
        stamps = 2;
        return this;
    }

    Signing encapsulated() {
        encapsulated = true;
        return this;
    }

    Signing withoutSignedAttributes() {
        direct = true;
        return this;
    }

    /** @param token makes it of the signature's bytes */
    Signing stamped(Function<byte[], ASN1Primitive> token) {
        timestamp = Optional.of(token);
        return this;
    }

    byte[] sign(byte[] content) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            for (Identity signer : signers) {
                generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                                new JcaDigestCalculatorProviderBuilder()
                                        .setProvider(SignatureCheck.PROVIDER)
                                        .build())
                        .setDirectSignature(direct)
                        .build(
                                new JcaContentSignerBuilder(algorithm.orElse(
                                                IdentityMaker.usual(signer.key().getAlgorithm())))
                                        .setProvider(SignatureCheck.PROVIDER)
                                        .build(signer.key()),
                                signer.holder()));
            }
            generator.addCertificates(new CollectionStore<>(brought));
            CMSSignedData signed = generator.generate(new CMSProcessableByteArray(type, content), encapsulated);
            return stamped(signed).getEncoded("DER");
        } catch (IOException | CMSException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private CMSSignedData stamped(CMSSignedData signed) {
        if (timestamp.isEmpty()) {
            return signed;
        }
        SignerInformation signer =
                signed.getSignerInfos().getSigners().iterator().next();
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        ASN1EncodableVector tokens = new ASN1EncodableVector();
        for (int stamp = 0; stamp < stamps; stamp++) {
            tokens.add(timestamp.get().apply(signer.getSignature()));
        }
        attributes.add(new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(tokens)));
        return CMSSignedData.replaceSigners(
                signed,
                new SignerInformationStore(
                        SignerInformation.replaceUnsignedAttributes(signer, new AttributeTable(attributes))));
    }

    /** A timestamp token by somebody whom the generator would not let make one. */
    static ASN1Primitive forgedToken(Identity authority, Instant time, byte[] signature, String signatureAlgorithm) {
        try {
            var digests = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(SignatureCheck.PROVIDER)
                    .build();
            AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
            TSTInfo info = new TSTInfo(
                    POLICY,
                    new MessageImprint(
                            sha256, MessageDigest.getInstance("SHA-256").digest(signature)),
                    new ASN1Integer(1),
                    new ASN1GeneralizedTime(Date.from(time)),
                    null,
                    null,
                    null,
                    null,
                    null);
            byte[] id = MessageDigest.getInstance("SHA-256")
                    .digest(authority.holder().getEncoded());
            ASN1EncodableVector attributes = new ASN1EncodableVector();
            attributes.add(new Attribute(
                    PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                    new DERSet(new SigningCertificateV2(new ESSCertIDv2(id)))));
            attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(time)))));
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(digests)
                    .setSignedAttributeGenerator(
                            new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                    .build(
                            new JcaContentSignerBuilder(signatureAlgorithm)
                                    .setProvider(SignatureCheck.PROVIDER)
                                    .build(authority.key()),
                            authority.holder()));
            generator.addCertificates(new CollectionStore<>(List.of(authority.holder())));
            return ASN1Primitive.fromByteArray(generator
                    .generate(new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded()), true)
                    .getEncoded());
        } catch (IOException | GeneralSecurityException | OperatorCreationException | CMSException e) {
            throw new AssertionError(e);
        }
    }

    /** The same token, but these are all the certificates in it. */
    static ASN1Primitive bringing(ASN1Primitive token, Identity only) {
        try {
            CMSSignedData signed = new CMSSignedData(ContentInfo.getInstance(token));
            return CMSSignedData.replaceCertificatesAndCRLs(
                            signed, new CollectionStore<>(List.of(only.holder())), null, null)
                    .toASN1Structure()
                    .toASN1Primitive();
        } catch (CMSException e) {
            throw new AssertionError(e);
        }
    }

    /** A timestamp token (RFC 3161) over these bytes. */
    static ASN1Primitive token(Identity authority, Instant time, byte[] signature) {
        return token(authority, time, signature, "SHA-256", NISTObjectIdentifiers.id_sha256);
    }

    static ASN1Primitive token(
            Identity authority, Instant time, byte[] signature, String digest, ASN1ObjectIdentifier id) {
        try {
            var digests = new JcaDigestCalculatorProviderBuilder()
                    .setProvider(SignatureCheck.PROVIDER)
                    .build();
            TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                    new JcaSignerInfoGeneratorBuilder(digests)
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .setProvider(SignatureCheck.PROVIDER)
                                            .build(authority.key()),
                                    authority.holder()),
                    digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    POLICY);
            generator.addCertificates(new CollectionStore<>(List.of(authority.holder())));
            TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
            requests.setCertReq(true);
            TimeStampRequest request =
                    requests.generate(id, MessageDigest.getInstance(digest).digest(signature));
            return ASN1Primitive.fromByteArray(
                    generator.generate(request, BigInteger.ONE, Date.from(time)).getEncoded());
        } catch (IOException | GeneralSecurityException | OperatorCreationException | TSPException e) {
            throw new AssertionError(e);
        }
    }
}
