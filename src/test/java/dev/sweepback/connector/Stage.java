package dev.sweepback.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** One twin, one connection, one resource, and the steps that a runner takes with them. */
final class Stage implements AutoCloseable {

    private final SettableClock clock = new SettableClock();
    private final Wire wire = new Wire();
    private final HttpClients http;
    private final BiFunction<HttpClients, Clock, Bench> opener;
    private final List<Bench> opened = new ArrayList<>();
    private ResourceRef seeded = new ResourceRef("none", "none", "none");

    /** Waiting takes no time but that of the clock, in whole seconds as the rest of a story. */
    private final class OnClock implements Pause {
        @Override
        public void hold(Duration duration) {
            clock.advance(duration);
        }

        @Override
        public long nanos() {
            return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
        }
    }

    /** @param pause takes the waiting on this clock and gives what to wait with */
    Stage(BiFunction<HttpClients, Clock, Bench> opener, UnaryOperator<Pause> pause) {
        this.opener = opener;
        this.http = new HttpClients(pause.apply(new OnClock()), wire);
    }

    void open() {
        opened.add(opener.apply(http, clock));
        seeded = bench().seed();
        clock.advance(Duration.ofMinutes(10));
    }

    Bench bench() {
        return opened.get(0);
    }

    ResourceRef seeded() {
        return seeded;
    }

    SettableClock clock() {
        return clock;
    }

    Wire wire() {
        return wire;
    }

    HttpClients http() {
        return http;
    }

    Connector connector() {
        return bench().connector();
    }

    Descriptor descriptor() {
        return connector().descriptor();
    }

    Connection connection() {
        return bench().connection(Connection.Timeouts.DEFAULT);
    }

    Population find() {
        try (Reader reader = connector().reader(connection())) {
            return reader.find(bench().scope());
        }
    }

    Resource listed(ResourceRef ref) {
        return find().resources().stream()
                .filter(resource -> resource.ref().equals(ref))
                .findFirst()
                .orElseThrow();
    }

    Capture capture(ResourceRef ref) {
        try (Reader reader = connector().reader(connection())) {
            return reader.capture(List.of(ref)).get(0);
        }
    }

    Capture.Present present(ResourceRef ref) {
        return (Capture.Present) capture(ref);
    }

    Look look(Task task) {
        try (Reader reader = connector().reader(connection())) {
            return reader.look(List.of(task)).get(0);
        }
    }

    Order order(String action) {
        return new Order(
                new OperationId("apply-1"),
                seeded,
                action,
                present(seeded).state(),
                clock.instant(),
                bench().instructions());
    }

    Reversal reversal(Order order) {
        clock.advance(Duration.ofMinutes(30));
        return new Reversal(
                new OperationId("revert-1"),
                seeded,
                order.action(),
                order.before(),
                state(capture(seeded)),
                clock.instant(),
                bench().instructions(),
                new ActedAt(order.announcedAt()));
    }

    Answer apply(Order order) {
        try (Writer writer = connector().writer(connection())) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    Answer revert(Reversal reversal) {
        try (Writer writer = connector().writer(connection())) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    boolean killed(int request, boolean answered, Runnable part) {
        wire.killAt(request, answered);
        try {
            part.run();
            return false;
        } catch (Wire.Killed e) {
            return true;
        } finally {
            wire.letLive();
        }
    }

    void assertRestored(Reversal reversal, JsonNode before) {
        Look look = look(reversal);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        State now = state(capture(look.resource()));
        assertThat(bench().restored(reversal.action(), reversal.before(), now))
                .as("differs in %s", reversal.before().differences(now))
                .isTrue();
        assertThat(bench().promised(reversal.action(), bench().dump())).isEqualTo(before);
    }

    void assertNamed(Trouble trouble, Answer answer) {
        boolean mustFail = switch (trouble) {
            case UNAUTHORIZED, FORBIDDEN, CONFLICT, TOO_MANY, SYSTEM_ERROR, RESET, TIMEOUT -> true;
            case RESET_AFTERWARDS, CUT_BODY, NOT_FOUND, WRONG_JSON, BROKEN_JSON, HTML -> false;
        };
        if (mustFail) {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.error().kind()).isEqualTo(trouble.kind()));
        }
        if (answer instanceof Answer.Failed failed) {
            assertSpeakable(failed.error());
        }
    }

    void assertSpeakable(ConnectorException failure) {
        assertThat(failure.remedy()).isNotBlank();
        for (String secret : bench().secrets()) {
            assertThat(failure.getMessage() + failure.remedy()).doesNotContain(secret);
        }
    }

    @Override
    public void close() {
        opened.forEach(Bench::close);
        http.close();
    }

    static State state(Capture capture) {
        assertThat(capture).isNotInstanceOf(Capture.Unknown.class);
        return capture instanceof Capture.Present present ? present.state() : State.ABSENT;
    }
}
