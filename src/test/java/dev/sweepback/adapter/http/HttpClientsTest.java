package dev.sweepback.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SendWindow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientsTest {

    private static final String JSON = "Content-Type: application/json\r\n";

    private final HttpClients clients = new HttpClients();

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void aSessionThatCannotBeClosedKeepsNoOtherOpen() throws IOException {
        try (RawServer server = new RawServer(RawServer.answer(204, "", ""), RawServer.answer(204, "", ""))) {
            HttpClients some = new HttpClients();
            List<String> closed = new ArrayList<>();
            for (String path : List.of("/a", "/b", "/c")) {
                some.session(at(URI.create(server.url() + path)), Session.class, () -> () -> {
                    closed.add(path);
                    throw new IllegalStateException(path);
                });
            }
            Http client = some.writing(at(server.url()));
            client.send(Request.get("/x"));

            assertThatThrownBy(some::close)
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));

            assertThat(closed).containsExactlyInAnyOrder("/a", "/b", "/c");
            assertThatThrownBy(() -> client.send(Request.get("/x"))).isInstanceOf(RuntimeException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void readsTheWholeAnswerWithItsDateAndHeaders() throws IOException {
        try (RawServer server = new RawServer(RawServer.answer(
                200, JSON + "Date: Mon, 23 Nov 2026 21:31:50 GMT\r\nX-Two: a\r\nX-Two: b\r\n", "{\"a\":1}"))) {
            Response response = clients.writing(at(server.url())).send(Request.get("/x"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.json().orElseThrow().path("a").intValue()).isEqualTo(1);
            assertThat(response.date().orElseThrow()).hasToString("2026-11-23T21:31:50Z");
            assertThat(response.header("x-two")).contains("a, b");
        }
    }

    @Test
    void sendsBasePathEncodedSegmentsAndQuery() throws IOException {
        try (RawServer server = new RawServer(RawServer.answer(204, "", ""))) {
            Connection connection = at(URI.create(server.url() + "/api/v3/"));

            clients.writing(connection)
                    .send(Request.of("DELETE", "/p/{}/q/{+}", "a/b c", "x/y?z").query("k", "IS:a&b"));

            assertThat(server.requests()).containsExactly("DELETE /api/v3/p/a%2Fb%20c/q/x/y%3Fz?k=IS%3Aa%26b HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"database/../sys", "..", ".", "a//b", ""})
    void aPathThatLeadsElsewhereIsRefusedByNameAndNotSent(String text) throws IOException {
        try (RawServer server = new RawServer(RawServer.answer(204, "", ""))) {
            for (Http client : List.of(
                    clients.writing(at(server.url())), clients.reading(at(server.url()), ReadList.of("GET /p/**")))) {
                ConnectorException failure = catchThrowableOfType(
                        ConnectorException.class, () -> client.send(Request.get("/p/{+}/q", text)));

                assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
                assertThat(failure).hasMessageContaining("connection 'c'");
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aBodyThatDripsIsBrokenOffAtTheWholeTimeout() throws IOException {
        RawServer.Script drip = out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // ends when the client hangs up
            while (true) {
                out.write('x');
                out.flush();
                Thread.sleep(20);
            }
        };
        try (RawServer server = new RawServer(drip)) {
            ConnectorException failure = failure(server.url(), Request.get("/slow"));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContaining("GET /slow was not answered within ");
        }
    }

    @Test
    void aSystemThatDoesNotBeginToAnswerIsNotWaitedForLongerThanItsTimeout() throws IOException {
        RawServer.Script silence = out -> new CountDownLatch(1).await();
        try (RawServer server = new RawServer(silence)) {
            ConnectorException failure = failure(
                    server.url(),
                    Request.get("/silent"),
                    new Connection.Timeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMinutes(1)));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContaining("GET /silent was not answered: nothing came for 200 ms");
        }
    }

    @Test
    void aSystemThatRefusesTheConnectionIsNamedWithItsPort() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        ConnectorException failure = failure(URI.create("http://127.0.0.1:" + port), Request.get("/x"));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("connection 'c': 127.0.0.1:" + port + " refuses the connection");
    }

    @Test
    void aSystemThatDoesNotTakeTheConnectionIsNotWaitedForLongerThanItsTimeout() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // nobody accepts: what does not fit into the queue is left without an answer
            for (int count = 0; count < 4; count++) {
                Socket socket = new Socket();
                waiting.add(socket);
                fill(socket, full);
            }

            ConnectorException failure = failure(
                    URI.create("http://127.0.0.1:" + full.getLocalPort()),
                    Request.get("/x"),
                    new Connection.Timeouts(Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofMinutes(1)));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure)
                    .hasMessageContaining("connection 'c': 127.0.0.1:" + full.getLocalPort()
                            + " did not take the connection within 300 ms");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static void fill(Socket socket, ServerSocket server) throws IOException {
        try {
            socket.connect(server.getLocalSocketAddress(), 100);
        } catch (SocketTimeoutException e) {
            assertThat(socket.isConnected()).isFalse();
        }
    }

    @Test
    void aBodyThatIsCutIsNoAnswer() throws IOException {
        try (RawServer server = new RawServer(RawServer.text("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":"))) {
            assertThat(failure(server.url(), Request.get("/x")).kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws IOException {
        RawServer.Script large = out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[1_000_000];
            for (int count = 0; count < 20; count++) {
                out.write(chunk);
            }
        };
        try (RawServer server = new RawServer(large)) {
            ConnectorException failure = failure(server.url(), Request.get("/x"), Connection.Timeouts.DEFAULT);

            assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(failure).hasMessageContaining("16 MiB");
        }
    }

    @Test
    void aClosedPortIsUnreachable() throws IOException {
        RawServer server = new RawServer();
        server.close();

        ConnectorException failure = failure(server.url(), Request.get("/x"));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.remedy()).isNotBlank();
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (RawServer server =
                new RawServer(RawServer.answer(302, "Location: /other\r\n", ""), RawServer.answer(200, "", ""))) {
            Response response = clients.writing(at(server.url())).send(Request.get("/x"));

            ConnectorException failure = StatusRule.GENERAL.judge("c", Request.get("/x"), response);
            assertThat(response.status()).isEqualTo(302);
            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aLinkToAnotherOriginIsNotFollowed() {
        Request request = Request.follow(URI.create("http://127.0.0.1:9/next"));

        assertThat(failure(URI.create("http://127.0.0.1:8"), request).kind()).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://[fe80::1]",
                "http://[fd00:ec2::254]",
                "http://[::ffff:169.254.169.254]",
                "http://[64:ff9b::a9fe:a9fe]",
                "http://100.100.100.200"
            })
    void metadataAddressesAreRefusedBeforeAnythingIsSent(String url) {
        assertThat(failure(URI.create(url), Request.get("/latest")).kind()).isEqualTo(Kind.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "127.0.0.1", "::1", "fd12::1", "8.8.8.8"})
    void ordinaryAddressesAreNotRefused(String address) throws IOException {
        assertThat(GuardedDnsResolver.refused(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:hidden@example.com", "ftp://example.com", "https://example.com?token=hidden"})
    void anAddressThatIsNotPlainIsRefusedWithoutShowingIt(String url) {
        ConnectorException failure = failure(URI.create(url), Request.get("/x"));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageNotContaining("hidden");
    }

    @Test
    void messagesShowNeitherQueryNorSecretsInThePath() throws IOException {
        try (RawServer server = new RawServer(out -> {})) {
            Request request = Request.get("/tokens/{}", new Secret("hidden"))
                    .query("q", "hidden")
                    .header("Authorization", "hidden");

            ConnectorException failure = failure(server.url(), request);

            assertThat(failure).hasMessageContaining("GET /tokens/***").hasMessageNotContaining("hidden");
            assertThat(request.toString()).doesNotContain("hidden");
        }
    }

    @Test
    void aReaderRefusesWhatIsNotOnItsListBeforeSendingIt() throws IOException {
        try (RawServer server = new RawServer(RawServer.answer(200, "", ""))) {
            Http reading = clients.reading(at(server.url()), ReadList.of("GET /a/*", "PUT /leases/**"));

            for (Request request : List.of(
                    Request.get("/a"),
                    Request.get("/a/b/c"),
                    Request.of("DELETE", "/a/b"),
                    Request.get("/leases/x"),
                    Request.of("PUT", "/leases"))) {
                ConnectorException failure =
                        catchThrowableOfType(ConnectorException.class, () -> reading.send(request));
                assertThat(failure.kind()).isEqualTo(Kind.NOT_A_READ);
            }
            reading.send(Request.of("PUT", "/leases/{+}", "x/y"));

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void nothingMoreOfAnOperationIsSentOnceItsTimeIsUsedUp() throws IOException {
        try (RawServer server = new RawServer(RawServer.answer(200, "", ""), RawServer.answer(200, "", ""))) {
            Http writing = clients.writing(at(server.url()));
            SendWindow.within(Duration.ofHours(1), () -> writing.send(Request.of("POST", "/first")));

            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class,
                    () -> SendWindow.within(Duration.ZERO, () -> writing.send(Request.of("POST", "/second"))));

            assertThat(server.requests()).containsExactly("POST /first HTTP/1.1");
            assertThat(failure).hasMessageContaining("POST /second was not sent");
            assertThat(failure.mayHaveActed()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,REJECTED",
        "401,UNAUTHENTICATED",
        "403,FORBIDDEN",
        "404,NOT_FOUND",
        "409,CONFLICT",
        "422,CONFLICT",
        "429,THROTTLED",
        "500,SYSTEM_ERROR",
        "503,SYSTEM_ERROR",
        "307,REJECTED"
    })
    void aStatusHasItsMeaning(int status, Kind kind) {
        ConnectorException failure =
                StatusRule.GENERAL.judge("c", Request.get("/x"), new Response(status, Map.of(), ""));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"text/html|<html></html>", "application/json|{\"a\":", "application/json|{} {}"})
    void whatIsNotJsonIsMalformed(String type, String body) {
        Api api = new Api(
                "c", request -> new Response(200, Map.of("content-type", type), body), Map::of, StatusRule.GENERAL);

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> api.json(Request.get("/x")));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-request-id|3f1c|{}|3f1c",
                "x-github-request-id|0A:1B:2C|{}|0A:1B:2C",
                "request-id|req_1|{}|req_1",
                "x-correlation-id|c-1|{}|c-1",
                "x-other|c-1|{\"request_id\":\"9b1d\"}|9b1d",
                "x-other|c-1|{}|",
                "x-other|c-1|[1]|"
            })
    void theSystemsOwnIdOfARequestIsKept(String header, String value, String body, @Nullable String id) {
        Response response = new Response(200, Map.of("content-type", "application/json", header, value), body);

        assertThat(response.requestId()).isEqualTo(Optional.ofNullable(id));
    }

    @Test
    void anIdThatIsLongOrNotPlainTextIsNotKept() {
        for (String id : List.of("", " ", "a\nb", "a\u001b[2J", "\u00e4", "x".repeat(129))) {
            assertThat(new Response(200, Map.of("x-request-id", id), "").requestId())
                    .isEmpty();
        }
        assertThat(new Response(200, Map.of("x-request-id", "x".repeat(128)), "").requestId())
                .isPresent();
    }

    @Test
    void theNextPageIsReadFromTheLinkHeader() {
        Response response = new Response(
                200,
                Map.of(
                        "link",
                        "<https://h/a?page=1>; rel=\"prev\", <https://h/a?page=3>; rel=\"next\", <https://h/a?page=9>; rel=\"last\""),
                "");

        assertThat(response.next()).isEqualTo(Optional.of(URI.create("https://h/a?page=3")));
    }

    private ConnectorException failure(URI url, Request request) {
        return failure(
                url,
                request,
                new Connection.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(300)));
    }

    private ConnectorException failure(URI url, Request request, Connection.Timeouts timeouts) {
        return catchThrowableOfType(
                ConnectorException.class,
                () -> clients.writing(at(url, timeouts)).send(request));
    }

    private static Connection at(URI url) {
        return at(url, Connection.Timeouts.DEFAULT);
    }

    private static Connection at(URI url, Connection.Timeouts timeouts) {
        return new Connection("c", "t", "e", url, Map.of(), Map.of(), 2, timeouts);
    }
}
