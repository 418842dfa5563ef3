package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.sandbox.Faults;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class KeyValueTest {

    private final VaultWorld world = new VaultWorld();
    private final KeyValue store = KeyValue.writing(world.connection, world.http, world.secrets);
    private final ObjectNode value = (ObjectNode) VaultWorld.json("{'a':'ü','n':1,'list':['x']}");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void writesAndReadsVersionTwo() {
        store.write("secret/up/a", value);

        assertThat(store.read("secret/up/a")).contains(value);
        assertThat(world.twin.secret("up/a")).contains(value);
    }

    @Test
    void writesAndReadsVersionOne() {
        store.write("kv1/up/a", value);

        assertThat(store.read("kv1/up/a")).contains(value);
    }

    @Test
    void whatIsNotThereIsEmptyInBothVersions() {
        assertThat(store.read("secret/up/none")).isEmpty();
        assertThat(store.read("kv1/up/none")).isEmpty();
    }

    @Test
    void theMountIsTheOneThatVaultNames() {
        world.twin
                .faults()
                .next(Faults.request("GET", "/v1/sys/internal/ui/mounts/.*"))
                .answer(
                        200,
                        "application/json",
                        "{\"data\":{\"path\":\"secret/\",\"options\":{\"version\":\"2\"},\"type\":\"kv\"}}");

        store.write("secret/up/a", value);

        assertThat(world.twin.secret("up/a")).contains(value);
    }

    @Test
    void aPolicyThatNamesOnlyDataPathsIsEnough() {
        world.twin.policy("sweepback", List.of("secret/up", "sys/internal"), List.of());

        store.write("secret/up/a", value);

        assertThat(world.twin.secret("up/a")).contains(value);
    }

    @Test
    void anErrorNeitherQuotesTheAnswerNorTheToken() {
        world.twin
                .faults()
                .next(3, Faults.request("GET", "/v1/.*"))
                .answer(500, "application/json", "{\"errors\":[\"leaked " + world.own.id() + "\"]}");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> store.read("secret/up/a"));

        assertThat(failure.kind()).isEqualTo(Kind.SYSTEM_ERROR);
        assertThat(failure).hasMessageNotContaining(world.own.id()).hasMessageNotContaining("leaked");
        assertThat(failure).hasNoCause();
    }

    /** Else the path would be taken for one of version 1, where there is nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/sys/internal/ui/mounts/.*", "/v1/secret/up/a"})
    void whatIsRefusedAsOneTooManyTellsNothingOfTheMount(String path) {
        store.write("secret/up/a", value);
        world.twin.faults().next(8, Faults.request("GET", path)).answer(429, "application/json", "{}");
        world.twin
                .faults()
                .next(Faults.request("GET", "/v1/sys/internal/ui/mounts/.*"))
                .answer(403, "application/json", "{}");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> store.read("secret/up/a"));

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
    }

    @Test
    void aConnectionThatIsResetIsUnreachable() {
        world.twin.faults().next(20, Faults.request("GET", "/v1/.*")).reset();

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> store.read("secret/up/a"));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aMetadataAddressIsRefusedBeforeAnythingIsSent() {
        Connection metadata = new Connection(
                "vault",
                "vault",
                "test",
                URI.create("http://169.254.169.254"),
                Map.of(),
                world.connection.secrets(),
                1,
                Connection.Timeouts.DEFAULT);

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> KeyValue.reading(metadata, world.http, world.secrets).read("secret/up/a"));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("metadata");
    }
}
