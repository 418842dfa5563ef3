package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A check of rights can revoke nothing, whatever it tries. */
class RevokingNothingTest {

    private static final Connection CONNECTION = new Connection(
            "vault",
            "vault",
            "test",
            URI.create("https://vault.example.com"),
            Map.of(),
            Map.of(),
            1,
            Connection.Timeouts.DEFAULT);
    private static final String PATH = "/v1/sys/leases/revoke";

    private final List<Request> sent = new ArrayList<>();
    private final RevokingNothing http = new RevokingNothing(this::answer, CONNECTION);

    private Response answer(Request request) {
        sent.add(request);
        return new Response(400, Map.of(), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"lease_id\":\"database/creds/app/x\",\"sync\":true}",
                "{\"lease_id\":\"\",\"sync\":true,\"id\":\"database/creds/app/x\"}",
                "{\"lease_id\":\" \",\"sync\":true}",
                "{}"
            })
    void anotherBodyIsNotSent(String body) {
        Request request = Request.of("PUT", PATH).body(JsonMapper.shared().readTree(body));

        ConnectorException error = catchThrowableOfType(ConnectorException.class, () -> http.send(request));

        assertThat(error.kind()).isEqualTo(Kind.NOT_A_READ);
        assertThat(sent).isEmpty();
    }

    @Test
    void neitherIsOneWithoutABodyOrAtAPathWithTheId() {
        for (String path : List.of(PATH, PATH + "/database/creds/app/x", "/v1/sys/leases/revoke-prefix/database")) {
            Request request = Request.of("PUT", path);

            assertThat(catchThrowableOfType(ConnectorException.class, () -> http.send(request)))
                    .isNotNull();
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void theRevocationOfNoLeaseAndOtherRequestsAreSent() {
        http.send(RevokingNothing.REQUEST);
        http.send(Request.get("/v1/sys/health"));

        assertThat(sent).extracting(Request::path).containsExactly(PATH, "/v1/sys/health");
    }
}
