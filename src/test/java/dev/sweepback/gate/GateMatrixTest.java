package dev.sweepback.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.GateKinds.Answer;
import dev.sweepback.gate.GateKinds.Kind;
import dev.sweepback.journal.Runs;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.UpgradeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All states of an upgrade, with each kind of condition open, closed and unknown, alone and in pairs: something is done only where
 * the upgrade succeeded and all are open, and each other cell says why in words of its own.
 */
class GateMatrixTest {

    /** What was said for a set of obstacles, so that two of them never sound alike. */
    private final Map<String, String> said = new HashMap<>();

    private int cells;

    @ParameterizedTest
    @EnumSource(UpgradeState.class)
    void nothingIsDoneButWhereTheUpgradeSucceededAndAllConditionsAreOpen(UpgradeState state) {
        try (GateKinds kinds = new GateKinds(world(state))) {
            for (Kind kind : kinds.all()) {
                for (Answer answer : Answer.values()) {
                    cell(kinds, state, Map.of(kind, answer));
                }
            }
            for (int first = 0; first < kinds.all().size(); first++) {
                for (int second = first + 1; second < kinds.all().size(); second++) {
                    pair(kinds, state, kinds.all().get(first), kinds.all().get(second));
                }
            }
            int count = kinds.all().size();
            assertThat(count).isEqualTo(18);
            assertThat(cells).isEqualTo(3 * count + 9 * count * (count - 1) / 2);
        }
    }

    private void pair(GateKinds kinds, UpgradeState state, Kind one, Kind other) {
        for (Answer first : Answer.values()) {
            for (Answer second : Answer.values()) {
                cell(kinds, state, Map.of(one, first, other, second));
            }
        }
    }

    private void cell(GateKinds kinds, UpgradeState state, Map<Kind, Answer> answers) {
        cells++;
        kinds.say(answers);
        boolean allOpen = answers.values().stream().allMatch(Answer.OPEN::equals);
        GateState gate = kinds.ask();

        assertThat(gate.isOpen()).as("%s %s", state, answers).isEqualTo(state == UpgradeState.SUCCEEDED && allOpen);
        if (!gate.isOpen()) {
            hasItsOwnReason(gate, state, kinds.world().upgrade().completedAt(), answers);
            doesNothing(kinds, state, answers);
        } else if (cells <= 3) {
            acts(kinds);
        }
    }

    private void hasItsOwnReason(
            GateState gate, UpgradeState state, Optional<Instant> completedAt, Map<Kind, Answer> answers) {
        String obstacles = answers.entrySet().stream()
                .filter(answer -> answer.getValue() != Answer.OPEN)
                .map(answer -> answer.getKey().name() + " " + answer.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
        if (state != UpgradeState.SUCCEEDED) {
            assertThat(gate.reasons()).contains("is " + state.word());
        }
        answers.forEach((kind, answer) -> {
            boolean neverCompleted = kind.name().equals("soak over") && completedAt.isEmpty();
            if (answer == Answer.OPEN && !neverCompleted) {
                assertThat(gate.reasons()).doesNotContain(kind.name() + ": ");
            } else {
                assertThat(gate.reasons()).contains(kind.name() + ": ");
            }
        });
        String before = said.put(gate.reasons(), obstacles);
        assertThat(before).as("said twice: %s", gate.reasons()).isIn(null, obstacles);
        assertThat(gate.word())
                .isEqualTo(
                        state != UpgradeState.SUCCEEDED || answers.containsValue(Answer.CLOSED) ? "closed" : "unknown");
    }

    private static void doesNothing(GateKinds kinds, UpgradeState state, Map<Kind, Answer> answers) {
        RunAnswer answer = kinds.run();

        assertThat(answer).as("%s %s", state, answers).isInstanceOf(RunAnswer.GateClosed.class);
        assertThat(Runs.all(kinds.world().journal)).isEmpty();
        assertThat(kinds.world().system.sent()).isEmpty();
    }

    /** Once is enough: from then on the job is done. */
    private static void acts(GateKinds kinds) {
        try (GateKinds fresh = new GateKinds(world(UpgradeState.SUCCEEDED))) {
            assertThat(fresh.run()).isInstanceOf(RunAnswer.Ran.class);
            assertThat(fresh.world().system.sent()).isNotEmpty();
        }
        assertThat(kinds.world().system.sent()).isEmpty();
    }

    /** An upgrade in this state, for which the job is enabled and all times are over. */
    private static World world(UpgradeState state) {
        World world = new World();
        world.system.with("a", "old");
        world.schedule(World.UPGRADE, "production");
        Map<UpgradeState, List<Move>> moves = new LinkedHashMap<>();
        moves.put(UpgradeState.SCHEDULED, List.of());
        moves.put(UpgradeState.RUNNING, List.of(Move.START));
        moves.put(UpgradeState.SUCCEEDED, List.of(Move.START, Move.COMPLETE));
        moves.put(UpgradeState.FAILED, List.of(Move.START, Move.FAIL));
        moves.put(UpgradeState.ROLLING_BACK, List.of(Move.START, Move.COMPLETE));
        moves.put(UpgradeState.ROLLED_BACK, List.of(Move.START, Move.COMPLETE, Move.ROLL_BACK));
        for (Move move : new ArrayList<>(moves.get(state))) {
            world.upgrades().move(World.UPGRADE, move, Optional.empty(), World.SOMEBODY);
        }
        world.pass(Duration.ofHours(4));
        world.enable();
        if (state == UpgradeState.ROLLING_BACK) {
            GateKinds.rollBackUnderWay(world);
        }
        return world;
    }
}
