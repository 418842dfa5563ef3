package dev.sweepback.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.HttpClients;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What every connector keeps to, in trouble too. A connector's test extends this and brings a {@link TwinBench}. */
abstract class ConnectorContract extends ConnectorEssentials {

    @Override
    abstract TwinBench open(HttpClients http, Clock clock);

    private TwinBench bench() {
        return (TwinBench) stage.bench();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void nothingIsSentPastTheClientThatAllRequestsAreHeldTo(String action) {
        Order order = stage.order(action);
        bench().twin().traffic().clear();
        stage.wire().sent().clear();

        stage.apply(order);
        Reversal reversal = stage.reversal(order);
        stage.revert(reversal);
        stage.look(reversal);

        assertThat(stage.wire().sent())
                .hasSize(bench().twin().traffic().exchanges().size());
    }

    @ParameterizedTest
    @EnumSource
    void aTroubledReadIsTheRightErrorAndNeverEmpty(Trouble trouble) {
        try (Reader reader = stage.connector().reader(stage.bench().connection(trouble.timeouts()))) {
            trouble.befall(bench().twin().faults().next(1000, request -> true));

            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> reader.find(stage.bench().scope()));
            Capture capture = reader.capture(List.of(stage.seeded())).get(0);

            assertThat(failure).isNotNull();
            assertThat(failure.kind()).isEqualTo(trouble.kind());
            stage.assertSpeakable(failure);
            assertThat(capture)
                    .isInstanceOfSatisfying(Capture.Unknown.class, unknown -> stage.assertSpeakable(unknown.error()));
        }
    }

    @Test
    void whatIsAskedForInAnUnknownPlaceIsNotTakenForGone() {
        try (Reader reader = stage.connector().reader(bench().unknownPlace())) {
            Capture capture = reader.capture(List.of(stage.seeded())).get(0);

            assertThat(capture)
                    .isInstanceOfSatisfying(Capture.Unknown.class, unknown -> stage.assertSpeakable(unknown.error()));
        }
    }

    Stream<Arguments> actionsAndTroubles() {
        return actions().stream()
                .flatMap(action -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(action, trouble)));
    }

    @ParameterizedTest
    @MethodSource("actionsAndTroubles")
    void aTroubledApplyLosesNothing(String action, Trouble trouble) {
        Order order = stage.order(action);
        JsonNode before = stage.bench().promised(action, stage.bench().dump());
        try (Writer writer = stage.connector().writer(stage.bench().connection(trouble.timeouts()))) {
            trouble.befall(bench().twin().faults().next(1000, bench()::isWrite));
            stage.assertNamed(trouble, writer.apply(List.of(order)).get(0));
        }
        bench().twin().faults().clear();

        assertThat(stage.look(order).progress()).isIn(Progress.NOT_BEGUN, Progress.PARTLY, Progress.DONE);
        stage.apply(order);
        assertThat(stage.look(order).progress()).isEqualTo(Progress.DONE);
        Reversal reversal = stage.reversal(order);
        stage.revert(reversal);
        stage.assertRestored(reversal, before);
    }

    @ParameterizedTest
    @MethodSource("actionsAndTroubles")
    void aTroubledRevertLosesNothing(String action, Trouble trouble) {
        Order order = stage.order(action);
        JsonNode before = stage.bench().promised(action, stage.bench().dump());
        stage.apply(order);
        Reversal reversal = stage.reversal(order);
        try (Writer writer = stage.connector().writer(stage.bench().connection(trouble.timeouts()))) {
            trouble.befall(bench().twin().faults().next(1000, bench()::isWrite));
            stage.assertNamed(trouble, writer.revert(List.of(reversal)).get(0));
        }
        bench().twin().faults().clear();

        assertThat(stage.look(reversal).progress()).isIn(Progress.NOT_BEGUN, Progress.PARTLY, Progress.DONE);
        stage.revert(reversal);
        stage.assertRestored(reversal, before);
    }
}
