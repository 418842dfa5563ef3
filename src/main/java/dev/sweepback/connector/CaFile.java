package dev.sweepback.connector;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** A PEM file with the certificates that a connection trusts, instead of those that Java brings along. */
public record CaFile(Path path) {

    static final int LARGEST = 1024 * 1024;

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    /** The file cannot be used. The message says why, and quotes nothing of it. */
    public static final class Unusable extends Exception {

        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }
    }

    /** Reads them anew at each call; at least one. */
    public List<X509Certificate> certificates() throws Unusable {
        String text = new String(bytes(), StandardCharsets.ISO_8859_1);
        if (text.isBlank()) {
            throw new Unusable("the file is empty");
        }
        if (!text.contains(BEGIN)) {
            throw new Unusable("no certificate is in the file");
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new Unusable("a certificate in the file is damaged");
        }
    }

    private byte[] bytes() throws Unusable {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new Unusable("it is no file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new Unusable("the file is larger than 1 MiB");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new Unusable("the file is missing");
        } catch (AccessDeniedException e) {
            throw new Unusable("the file may not be read");
        } catch (IOException e) {
            throw new Unusable("the file cannot be read");
        }
    }
}
