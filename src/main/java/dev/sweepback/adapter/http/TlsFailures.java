package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What to say when TLS did not come about. Nothing was sent then. */
final class TlsFailures {

    private TlsFailures() {}

    static ConnectorException of(Connection connection, Throwable cause) {
        String host = connection.url().getHost();
        String what = "no trusted TLS connection to " + host;
        if (has(cause, CertificateExpiredException.class)) {
            return failure(connection, what + ": its certificate has expired", "have the host's certificate renewed");
        }
        if (has(cause, CertPathBuilderException.class) || has(cause, CertPathValidatorException.class)) {
            return untrusted(connection, what);
        }
        if (has(cause, SSLPeerUnverifiedException.class) || has(cause, CertificateException.class)) {
            return failure(
                    connection,
                    what + ": its certificate is not for this name",
                    "write the host in the connection's url as its certificate names it");
        }
        return failure(
                connection,
                what + " (" + cause.getClass().getSimpleName() + ")",
                "check the host's certificate, its name and its issuer; TLS is always verified");
    }

    private static ConnectorException untrusted(Connection connection, String what) {
        String remedy = connection
                .caFile()
                .map(file -> "nothing but the certificates in " + file.path()
                        + " is trusted: put that of the host's issuer there, or correct the connection's caFile")
                .orElse("if a certificate authority of your own has issued it, name its PEM file as the connection's"
                        + " caFile");
        return failure(connection, what + ": its certificate is not from a trusted issuer", remedy);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, link -> link != null, Throwable::getCause)
                .limit(10)
                .anyMatch(type::isInstance);
    }

    private static ConnectorException failure(Connection connection, String what, String remedy) {
        return new ConnectorException(Kind.UNREACHABLE, connection.name(), what, remedy);
    }
}
