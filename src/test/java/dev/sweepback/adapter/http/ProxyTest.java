package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

    private static final SecretRef PASSWORD = new SecretRef.Environment("PROXY_PASSWORD");

    private final List<SecretRef> resolved = new ArrayList<>();
    private final HttpClients clients =
            new HttpClients(Pause.REAL, Optional.empty(), UnaryOperator.identity(), unused -> reference -> {
                resolved.add(reference);
                return new Secret("hunter2");
            });
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
    void requestsGoThroughATunnelThatSeesNothingOfThem() throws IOException {
        try (ForwardProxy proxy = new ForwardProxy(system.port(), Optional.empty())) {
            Http http = clients.writing(through(proxy.url(), "https://system.invalid", Optional.empty()));

            Response response = http.send(Request.get("/hidden").header("Authorization", "hidden"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(system.requests()).singleElement().asString().startsWith("GET /hidden");
            assertThat(proxy.heads())
                    .singleElement()
                    .asString()
                    .startsWith("CONNECT system.invalid:443 ")
                    .doesNotContain("hidden");
            assertThat(resolved).isEmpty();
        }
    }

    @Test
    void theProxyAloneIsToldTheUserAndThePassword() throws IOException {
        try (ForwardProxy proxy = new ForwardProxy(system.port(), Optional.of("sweepback:hunter2"))) {
            Http http = clients.writing(through(proxy.url(), "https://system.invalid", Optional.of("sweepback")));

            Response response = http.send(Request.get("/x"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(resolved).containsOnly(PASSWORD);
            assertThat(system.requests()).singleElement().asString().doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void aProxyThatDoesNotLetUsInIsSaidWithoutItsPassword() throws IOException {
        try (ForwardProxy proxy = new ForwardProxy(system.port(), Optional.of("sweepback:another"))) {
            for (Optional<String> user : List.of(Optional.<String>empty(), Optional.of("sweepback"))) {
                ConnectorException failure = failure(through(proxy.url(), "https://system.invalid", user));

                assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
                assertThat(failure)
                        .hasMessageContaining("the proxy 127.0.0.1")
                        .hasMessageContaining("nothing was sent")
                        .hasMessageNotContaining("hunter2");
                assertThat(failure.remedy()).contains("password");
            }
            assertThat(system.requests()).isEmpty();
        }
    }

    @Test
    void whatAProxyAnswersIsNotTakenForAnAnswerOfTheSystem() throws IOException {
        for (int status : new int[] {302, 404, 429, 503}) {
            try (RawServer proxy = new RawServer(RawServer.answer(status, "Retry-After: 1\r\n", ""))) {
                ConnectorException failure = failure(through(proxy.url(), "https://system.invalid", Optional.empty()));

                assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(failure).hasMessageContaining("the proxy 127.0.0.1").hasMessageContaining("" + status);
            }
        }
    }

    @Test
    void aTunnelIsUsedAgain() throws IOException {
        try (ForwardProxy proxy = new ForwardProxy(system.port(), Optional.empty())) {
            Http http = clients.writing(through(proxy.url(), "https://system.invalid", Optional.empty()));

            http.send(Request.get("/first"));
            http.send(Request.get("/second"));

            assertThat(system.requests()).hasSize(2);
            assertThat(proxy.heads()).hasSize(1);
        }
    }

    @Test
    void aProxyThatIsNotThereIsSaid() throws IOException {
        ForwardProxy proxy = new ForwardProxy(system.port(), Optional.empty());
        proxy.close();

        ConnectorException failure = failure(through(proxy.url(), "https://system.invalid", Optional.empty()));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("the proxy 127.0.0.1:" + proxy.url().getPort() + " refuses the connection");
    }

    @Test
    void theSystemMustProveItsNameThroughAProxyToo() throws IOException {
        try (ForwardProxy proxy = new ForwardProxy(system.port(), Optional.empty())) {
            ConnectorException failure = failure(through(proxy.url(), "https://other.invalid", Optional.empty()));

            assertThat(failure).hasMessageContaining("not for this name");
            assertThat(system.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254",
                "https://[fe80::1]",
                "https://[::ffff:169.254.169.254]",
                "https://2852039166",
                "https://0xa9fea9fe",
                "https://100.100.100.200",
                "http://system.invalid"
            })
    void noProxyIsAskedForAMetadataAddressOrForWhatIsNotEncrypted(String url) throws IOException {
        try (ForwardProxy proxy = new ForwardProxy(system.port(), Optional.empty())) {
            ConnectorException failure = failure(through(proxy.url(), url, Optional.empty()));

            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void theProxyItselfMayNotBeAMetadataAddress() {
        ConnectorException failure =
                failure(through(URI.create("http://169.254.169.254:80"), "https://system.invalid", Optional.empty()));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    }

    private ConnectorException failure(Connection connection) {
        return catchThrowableOfType(
                ConnectorException.class, () -> clients.writing(connection).send(Request.get("/x")));
    }

    private static Connection through(URI proxy, String url, Optional<String> user) {
        return new Connection(
                "c",
                "t",
                "e",
                URI.create(url),
                Map.of(),
                Map.of(Connection.Proxy.PASSWORD, PASSWORD),
                2,
                Connection.Timeouts.DEFAULT,
                Optional.empty(),
                Optional.of(new CaFile(TestSystem.TLS.resolve("ca.pem"))),
                Optional.of(new Connection.Proxy(proxy, user)));
    }
}
