package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates, good ones unless told otherwise. */
final class IdentityMaker {

    private static final AtomicLong NUMBERS = new AtomicLong(1);

    private final String name;
    private Optional<BigInteger> number = Optional.empty();
    private Instant from = Instant.parse("2026-01-01T00:00:00Z");
    private Instant to = Instant.parse("2027-01-01T00:00:00Z");
    private String keys = "EC";
    private int bits = 256;
    private Optional<String> algorithm = Optional.empty();
    private Optional<Integer> pathLength = Optional.empty();
    private boolean ca;
    private int usage = KeyUsage.digitalSignature;
    private Optional<KeyPurposeId> purpose = Optional.of(KeyPurposeId.id_kp_codeSigning);
    private Optional<Identity> sameKey = Optional.empty();
    private Optional<String> onlyBelow = Optional.empty();

    IdentityMaker(String name) {
        this.name = name;
    }

    static IdentityMaker leaf(String commonName) {
        return new IdentityMaker("CN=" + commonName);
    }

    IdentityMaker ca() {
        ca = true;
        usage = KeyUsage.keyCertSign;
        purpose = Optional.empty();
        return this;
    }

    IdentityMaker pathLength(int most) {
        pathLength = Optional.of(most);
        return this;
    }

    IdentityMaker valid(String begin, String end) {
        from = Instant.parse(begin);
        to = Instant.parse(end);
        return this;
    }

    IdentityMaker usage(int bitsOfUsage) {
        usage = bitsOfUsage;
        return this;
    }

    IdentityMaker purpose(KeyPurposeId id) {
        purpose = Optional.of(id);
        return this;
    }

    IdentityMaker withoutPurpose() {
        purpose = Optional.empty();
        return this;
    }

    IdentityMaker onlyBelow(String directory) {
        onlyBelow = Optional.of(directory);
        return this;
    }

    IdentityMaker keyOf(Identity other) {
        sameKey = Optional.of(other);
        return this;
    }

    IdentityMaker keys(String type, int size) {
        keys = type;
        bits = size;
        return this;
    }

    IdentityMaker numbered(BigInteger serial) {
        number = Optional.of(serial);
        return this;
    }

    /** How its issuer signs it. */
    IdentityMaker signedWith(String signature) {
        algorithm = Optional.of(signature);
        return this;
    }

    Identity bySelf() {
        KeyPair pair = pair();
        return made(pair, new X500Name(name), pair);
    }

    Identity by(Identity issuer) {
        KeyPair pair = pair();
        return made(pair, issuer.holder().getSubject(), new KeyPair(pair.getPublic(), issuer.key()));
    }

    private KeyPair pair() {
        try {
            if (sameKey.isPresent()) {
                return new KeyPair(
                        sameKey.get().certificate().getPublicKey(),
                        sameKey.get().key());
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keys, SignatureCheck.PROVIDER);
            if (!keys.startsWith("Ed")) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Identity made(KeyPair pair, X500Name issuer, KeyPair signer) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    number.orElseGet(() -> BigInteger.valueOf(NUMBERS.incrementAndGet())),
                    Date.from(from),
                    Date.from(to),
                    new X500Name(name),
                    pair.getPublic());
            if (ca) {
                BasicConstraints constraints =
                        pathLength.map(BasicConstraints::new).orElseGet(() -> new BasicConstraints(true));
                builder.addExtension(Extension.basicConstraints, true, constraints);
            }
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (purpose.isPresent()) {
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose.get()));
            }
            if (onlyBelow.isPresent()) {
                GeneralSubtree tree = new GeneralSubtree(new GeneralName(new X500Name(onlyBelow.get())));
                builder.addExtension(
                        Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {tree}, null));
            }
            String signature = algorithm.orElse(usual(signer.getPrivate().getAlgorithm()));
            return new Identity(
                    builder.build(new JcaContentSignerBuilder(signature)
                            .setProvider(SignatureCheck.PROVIDER)
                            .build(signer.getPrivate())),
                    pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    static String usual(String key) {
        return switch (key) {
            case "RSA" -> "SHA256withRSA";
            case "Ed25519" -> "Ed25519";
            default -> "SHA256withECDSA";
        };
    }
}
