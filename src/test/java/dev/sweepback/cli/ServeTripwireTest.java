package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.RunJson;
import dev.sweepback.sandbox.Comparison;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The daemon looks at what quarantines hold, and puts back by itself what is used. */
final class ServeTripwireTest extends ServeScene {

    private static final String FLAG = "dten-v2-hybrid-write";

    private ObjectNode before = JsonMapper.shared().createObjectNode();

    private void cleaned(Serving serving, Wiring other) {
        home.playUpgrade(other.journal());
        enable(other.journal());
        before = home.sandbox.dump();
        time.beat();
        assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
    }

    private void useInAnHour() {
        home.clock.moveOn(Duration.ofHours(1));
        home.sandbox.unleash().evaluate(FLAG, "nightly-billing", "production");
        home.clock.moveOn(Duration.ofMinutes(1));
    }

    private boolean isAsBefore() {
        return Comparison.between(before, home.sandbox.dump(), ("flag:" + FLAG)::equals)
                        .exact()
                == 1;
    }

    private static List<Run> undos(Serving serving) {
        return Runs.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.UNDO.word()))
                .toList();
    }

    private long looks() {
        return home.sandbox.unleash().traffic().exchanges().stream()
                .filter(exchange -> exchange.path().startsWith("/api/admin/search/features"))
                .count();
    }

    @Test
    void whatIsStillEvaluatedIsPutBackAsItWasAndTheJobDoesNothingMore() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            cleaned(serving, other);
            assertThat(isAsBefore()).isFalse();
            useInAnHour();

            time.beat();

            assertThat(isAsBefore()).isTrue();
            assertThat(undos(serving)).singleElement().satisfies(undo -> {
                assertThat(undo.state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(undo.started().actor().name()).isEqualTo("daemon");
                assertThat(undo.operations()).hasSize(1);
                assertThat(RunJson.cause(undo).orElse("")).startsWith("tripwire: flag:unleash/" + FLAG + " used at ");
            });
            home.clock.moveOn(Duration.ofDays(40));
            time.beat();
            home.clock.moveOn(Duration.ofHours(2));
            time.beat();
            assertThat(undos(serving)).hasSize(1);
            assertThat(runs(serving)).hasSize(1);
            assertThat(isAsBefore()).isTrue();
        }
    }

    @Test
    void aPauseOfEverythingDoesNotHoldItUp() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            cleaned(serving, other);
            Enablement.pause(other.journal(), Optional.empty(), SandboxHome.SOMEBODY);
            useInAnHour();

            time.beat();

            assertThat(isAsBefore()).isTrue();
            assertThat(undos(serving)).hasSize(1);
        }
    }

    @Test
    void itLooksOnceAMinuteHoweverOftenItBeats() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            cleaned(serving, other);
            home.clock.moveOn(Duration.ofHours(1));
            time.beat();
            long before = looks();

            time.beat();
            time.beat();
            home.clock.moveOn(Duration.ofSeconds(30));
            time.beat();
            assertThat(looks()).isEqualTo(before);

            home.clock.moveOn(Duration.ofSeconds(60));
            time.beat();
            assertThat(looks()).isGreaterThan(before);
        }
    }

    @Test
    void aClockThatWasSetBackMakesNoLookWait() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            cleaned(serving, other);
            home.clock.moveOn(Duration.ofDays(5));
            time.beat();
            home.clock.moveOn(Duration.ofDays(-4));
            useInAnHour();

            time.beat();

            assertThat(undos(serving)).hasSize(1);
        }
    }

    @Test
    void whereTheSystemDoesNotAnswerNothingIsPutBackUntilItDoes() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            cleaned(serving, other);
            home.sandbox
                    .unleash()
                    .faults()
                    .next(1000, request -> request.method().equals("GET"))
                    .answer(403, "application/json", "{\"name\":\"PermissionError\",\"message\":\"no\"}");
            useInAnHour();

            time.beat();

            assertThat(undos(serving)).isEmpty();
            assertThat(LastLook.read(home.home()).orElseThrow().notKnown())
                    .hasSize(10)
                    .containsKey("flag:unleash/" + FLAG);

            home.sandbox.unleash().faults().clear();
            home.clock.moveOn(Duration.ofMinutes(2));
            time.beat();

            assertThat(isAsBefore()).isTrue();
            assertThat(LastLook.read(home.home()).orElseThrow().notKnown()).isEmpty();
        }
    }

    @Test
    void whatWasUsedWhileNoDaemonWasThereIsPutBackByTheNext() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            cleaned(serving, other);
        }
        useInAnHour();

        try (Serving serving = serve()) {
            time.beat();

            assertThat(undos(serving)).hasSize(1);
            assertThat(isAsBefore()).isTrue();
        }
    }

    @Test
    void aLookThatCannotBeNotedHoldsUpNothing() throws Exception {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            cleaned(serving, other);
            Files.createDirectories(home.home().resolve("tripwire.json.new"));
            useInAnHour();

            time.beat();

            assertThat(isAsBefore()).isTrue();
            assertThat(undos(serving)).hasSize(1);
        }
    }
}
