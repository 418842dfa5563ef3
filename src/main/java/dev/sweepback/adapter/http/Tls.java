package dev.sweepback.adapter.http;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** TLS of a connection: issuer and host name are always verified, the issuer by the connection's own certificates if it names some. */
final class Tls {

    private Tls() {}

    /** @throws ConnectorException of kind {@link Kind#REJECTED} if the connection's caFile cannot be used */
    static TlsSocketStrategy of(Connection connection) {
        return connection
                .caFile()
                .<TlsSocketStrategy>map(file -> new DefaultClientTlsStrategy(trusting(certificates(connection, file))))
                .orElseGet(DefaultClientTlsStrategy::createDefault);
    }

    private static List<X509Certificate> certificates(Connection connection, CaFile file) {
        try {
            return file.certificates();
        } catch (CaFile.Unusable e) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    connection.name(),
                    "its caFile " + file.path() + " cannot be used: " + e.getMessage() + "; nothing was sent",
                    "put a PEM file with the certificate of its issuer there, or correct the connection's caFile");
        }
    }

    private static SSLContext trusting(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java can trust a certificate", e);
        }
    }
}
