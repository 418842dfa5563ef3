package dev.sweepback.upgrade.parcel;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** A certificate with its key. */
public record Identity(X509CertificateHolder holder, PrivateKey key) {

    X509Certificate certificate() {
        try {
            return Certificates.of(holder);
        } catch (CertificateException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public String pem() {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(holder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
