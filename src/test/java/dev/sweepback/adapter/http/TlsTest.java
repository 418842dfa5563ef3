package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final Path CA = TestSystem.TLS.resolve("ca.pem");
    private static final Path OTHER_CA = TestSystem.TLS.resolve("other-ca.pem");

    @TempDir
    Path folder;

    private final HttpClients clients = new HttpClients();
    private TestSystem system;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        system = new TestSystem();
    }

    @AfterEach
    void close() {
        clients.close();
        system.close();
    }

    @Test
    void theConnectionsOwnAuthorityIsTrusted() {
        assertThat(get("localhost", Optional.of(CA)).status()).isEqualTo(200);
    }

    @Test
    void anyOfSeveralAuthoritiesIsTrusted() throws IOException {
        Path both = folder.resolve("both.pem");
        Files.writeString(both, "# old and new\n" + Files.readString(OTHER_CA) + "\n" + Files.readString(CA));

        assertThat(get("localhost", Optional.of(both)).status()).isEqualTo(200);
    }

    @Test
    void withoutItsFileAnAuthorityOfOnesOwnIsNotTrusted() {
        ConnectorException failure = failure("localhost", Optional.empty());

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("not from a trusted issuer");
        assertThat(failure.remedy()).contains("caFile");
        assertThat(system.requests()).isEmpty();
    }

    @Test
    void anotherAuthorityIsNotTrustedAndTheFileIsNamed() {
        ConnectorException failure = failure("localhost", Optional.of(OTHER_CA));

        assertThat(failure).hasMessageContaining("not from a trusted issuer");
        assertThat(failure.remedy()).contains(OTHER_CA.toString());
        assertThat(system.requests()).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        ConnectorException failure = failure("127.0.0.1", Optional.of(CA));

        assertThat(failure).hasMessageContaining("not for this name");
        assertThat(failure.remedy()).contains("url");
        assertThat(system.requests()).isEmpty();
    }

    @Test
    void aFileThatCannotBeUsedIsSaidWhenTheConnectionIsOpened() {
        ConnectorException failure = failure("localhost", Optional.of(folder.resolve("missing.pem")));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("connection 'c'").hasMessageContaining("the file is missing");
        assertThat(failure.remedy()).contains("caFile");
    }

    private ConnectorException failure(String host, Optional<Path> caFile) {
        return catchThrowableOfType(ConnectorException.class, () -> get(host, caFile));
    }

    private Response get(String host, Optional<Path> caFile) {
        Connection connection = new Connection(
                "c",
                "t",
                "e",
                URI.create("https://" + host + ":" + system.port()),
                Map.of(),
                Map.of(),
                2,
                Connection.Timeouts.DEFAULT,
                Optional.empty(),
                caFile.map(CaFile::new),
                Optional.empty());
        return clients.writing(connection).send(Request.get("/x"));
    }
}
