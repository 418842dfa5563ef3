package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Flags that are switched off in the environment that a step names, or everywhere. */
class SwitchingTest extends FlagStory {

    @BeforeEach
    void seed() {
        add("a");
        for (String environment : List.of("development", "production")) {
            twin.addStrategy("a", environment, json().put("name", "default"));
            twin.setEnabled("a", environment, true);
        }
    }

    private static Instructions in(String environment) {
        return new Instructions(new Scope(Map.of("environment", environment)), Handover.LOCAL, Optional.empty(), false);
    }

    private Order disable(Instructions instructions) {
        Order order = order("a");
        return new Order(
                order.operation(), order.resource(), "disable", order.before(), order.announcedAt(), instructions);
    }

    private Reversal back(Order order) {
        Reversal reversal = reversal(order);
        return new Reversal(
                reversal.operation(),
                reversal.resource(),
                "disable",
                reversal.before(),
                reversal.after(),
                reversal.announcedAt(),
                order.instructions());
    }

    private String enabledIn() {
        return String.valueOf(resource("a").fields().get("enabledIn"));
    }

    @Test
    void theNamedEnvironmentAloneIsSwitchedOff() {
        Order order = disable(in("production"));

        assertThat(apply(List.of(order))).containsExactly(Answer.Accepted.plain());

        assertThat(enabledIn()).isEqualTo("[development]");
        assertThat(look(order).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void undoSwitchesOnWhatWasOnAndNothingElse() {
        twin.setEnabled("a", "development", false);
        ObjectNode before = withoutBookkeeping(twin.dump());
        Order order = disable(Instructions.NONE);
        apply(List.of(order));
        assertThat(enabledIn()).isEqualTo("[]");

        assertThat(revert(List.of(back(order)))).containsExactly(Answer.Accepted.plain());

        assertThat(withoutBookkeeping(twin.dump())).isEqualTo(before);
    }

    /**
     * Older servers left on what has no enabled strategy; switched on again it would get one for everybody. Recording: {@code
     * env-on-all-strategies-disabled}.
     */
    @Test
    void whatWasOnWithoutAnEnabledStrategyIsNotSwitchedOnAgain() {
        add("b");
        twin.addStrategy("b", "production", json().put("name", "default").put("disabled", true));
        Order off = order("b");
        ObjectNode on = off.before().content();
        on.withObject("/environments/production").put("enabled", true);
        ObjectNode untouched = twin.dump();

        Answer answer = revert(List.of(new Reversal(
                        new OperationId("revert"),
                        off.resource(),
                        "disable",
                        State.of(on),
                        off.before(),
                        clock.instant(),
                        Instructions.NONE)))
                .get(0);

        assertThat(failure(answer).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure(answer)).hasMessageContaining("on without an enabled strategy");
        assertThat(twin.dump()).isEqualTo(untouched);
    }

    @Test
    void anEnvironmentThatTheFlagDoesNotHaveIsAnErrorAndNotNothingToDo() {
        Order order = disable(in("staging"));

        ConnectorException failure = failure(apply(List.of(order)).get(0));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("no environment 'staging'");
        assertThat(look(order).progress()).isEqualTo(Progress.FOREIGN);
    }

    @Test
    void anEnvironmentThatTheProjectDoesNotHaveIsFoundOutWhilePlanning() {
        try (Reader reader = connector(twin.token()).reader(connection())) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> reader.find(in("staging").scope()));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(failure.remedy()).contains("one of development, production");
        }
    }

    @Test
    void thePopulationIsTheSameWhateverEnvironmentIsMeant() {
        add("b");
        twin.setEnabled("a", "production", false);

        try (Reader reader = connector(twin.token()).reader(connection())) {
            assertThat(reader.find(in("production").scope())).isEqualTo(reader.find(Scope.WHOLE));
        }
    }

    @Test
    void oneThatStoppedHalfWayGoesOn() {
        Order order = disable(Instructions.NONE);
        twin.setEnabled("a", "development", false);

        assertThat(look(order).progress()).isEqualTo(Progress.PARTLY);
        apply(List.of(order));
        assertThat(look(order).progress()).isEqualTo(Progress.DONE);
        Reversal reversal = back(order);
        twin.setEnabled("a", "production", true);

        assertThat(look(reversal).progress()).isEqualTo(Progress.PARTLY);
        revert(List.of(reversal));
        assertThat(look(reversal).progress()).isEqualTo(Progress.DONE);
    }
}
