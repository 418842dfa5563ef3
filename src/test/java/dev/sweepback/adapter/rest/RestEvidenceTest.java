package dev.sweepback.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id that a system gave a request goes on record. */
class RestEvidenceTest {

    @TempDir
    Path folder;

    private LittleWorld world;
    private ResourceRef ref = new ResourceRef("thing", "little", "none");

    @BeforeEach
    void open() {
        world = new LittleWorld(folder);
        ref = new ResourceRef("thing", "little", world.twin.add("dten-v2", true, "live"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Requests are numbered. */
    private Response stamped(Response response) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("x-request-id", "request " + world.sent.size());
        return new Response(response.status(), headers, response.body());
    }

    private String lastChange() {
        int last = 0;
        for (int index = 0; index < world.sent.size(); index++) {
            last = world.sent.get(index).method().equals("GET") ? last : index + 1;
        }
        return "request " + last;
    }

    private State state() {
        try (Reader reader = world.connector().reader(world.connection())) {
            return reader.capture(List.of(ref)).get(0) instanceof Capture.Present present
                    ? present.state()
                    : State.ABSENT;
        }
    }

    private Answer apply(String action, State before) {
        Order order = new Order(new OperationId("op-1"), ref, action, before, world.clock.instant(), Instructions.NONE);
        try (Writer writer = world.connector().writer(world.connection())) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    private Answer revert(String action, State before, State after) {
        Reversal reversal = new Reversal(
                new OperationId("op-2"), ref, action, before, after, world.clock.instant(), Instructions.NONE);
        try (Writer writer = world.connector().writer(world.connection())) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "retire", "remove"})
    void itIsThatOfTheLastRequestThatChangedSomething(String action) {
        world.answering = this::stamped;
        State before = state();

        Answer applied = apply(action, before);

        assertThat(applied).isEqualTo(Answer.Accepted.of(Optional.of(lastChange())));

        Answer reverted = revert(action, before, state());

        assertThat(reverted).isEqualTo(Answer.Accepted.of(Optional.of(lastChange())));
    }

    @Test
    void whatABodyCallsSoIsNone() {
        world.answering = response -> new Response(
                response.status(),
                response.headers(),
                response.body().replaceFirst("\\{\"key\"", "{\"request_id\":\"of an order\",\"key\""));
        State before = state();

        assertThat(before.content().path("request_id").asString()).isEqualTo("of an order");
        assertThat(apply("disable", before)).isEqualTo(Answer.Accepted.plain());
    }

    @Test
    void whatWasDoneAlreadyHasNone() {
        State before = state();
        apply("disable", before);
        world.answering = this::stamped;

        assertThat(apply("disable", before)).isEqualTo(Answer.Accepted.plain());
    }
}
