package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.SendWindow;
import dev.sweepback.sandbox.Faults;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What the driver sends keeps to what everything else keeps to. */
class DriverTest {

    private final VaultWorld world = new VaultWorld();
    private final ObjectNode value = (ObjectNode) VaultWorld.json("{'a':'ü'}");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void nothingIsSentOnceTheTimeForItsOperationIsOver() {
        KeyValue store = KeyValue.writing(world.connection, world.http, world.secrets);

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> SendWindow.within(Duration.ZERO, () -> {
                    store.write("secret/up/a", value);
                    return null;
                }));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure).hasMessageContaining("was not sent");
        assertThat(world.twin.traffic().total()).isZero();
    }

    @Test
    void anAnswerBeyondTheLimitIsAnError() {
        world.twin.writeSecret("up/large", value.objectNode().put("a", "x".repeat(17 * 1024 * 1024)));
        KeyValue store = KeyValue.reading(world.connection, world.http, world.secrets);

        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> store.read("secret/up/large"));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void oneThatReadsCannotWrite() {
        KeyValue store = KeyValue.reading(world.connection, world.http, world.secrets);

        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> store.write("secret/up/a", value));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_READ);
        assertThat(world.twin.secret("up/a")).isEmpty();
    }

    @Test
    void aPathWithSpacesAndLettersOfAnyKindIsTheSameForTheDriver() {
        KeyValue store = KeyValue.writing(world.connection, world.http, world.secrets);

        store.write("secret/up/a größe", value);

        assertThat(store.read("secret/up/a größe")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":", "<html>", ""})
    void anAnswerThatIsNoJsonIsAnErrorAndNotEmpty(String body) {
        world.twin.faults().next(Faults.request("GET", "/v1/secret/data/.*")).answer(200, "application/json", body);
        KeyValue store = KeyValue.reading(world.connection, world.http, world.secrets);

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> store.read("secret/up/a"));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    }
}
