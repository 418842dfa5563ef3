package dev.sweepback.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.plan.Purpose;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Reboot;
import dev.sweepback.upgrade.Window;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RebootConfirmedTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private void upgraded(Reboot reboot) {
        Window window = new Window(
                world.clock.instant(), world.clock.instant().plus(Duration.ofHours(1)), Duration.ofMinutes(30));
        world.upgrades().schedule(World.UPGRADE, World.PACKAGE, "1", "2", "production", window, reboot, World.SOMEBODY);
        world.upgrades().move(World.UPGRADE, Move.START, Optional.empty(), World.SOMEBODY);
        world.upgrades().move(World.UPGRADE, Move.COMPLETE, Optional.empty(), World.SOMEBODY);
        world.pass(Duration.ofHours(4));
        world.enable();
    }

    private Verdict ask(Purpose purpose) {
        return Gate.standard(Checks.NONE, world.watch)
                .ask(new Question(
                        world.job, world.policy, world.upgrade(), purpose, world.journal, world.clock.instant()))
                .answers()
                .stream()
                .filter(answer -> answer.condition().equals("rebooted"))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "RECOMMENDED"})
    void whatIsNotRequiredHoldsUpNothing(Reboot reboot) {
        upgraded(reboot);

        assertThat(ask(Purpose.CLEANUP)).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void aRequiredRebootThatNobodyConfirmedKeepsTheGateClosed() {
        world.system.with("a", "old");
        upgraded(Reboot.REQUIRED);

        assertThat(ask(Purpose.CLEANUP))
                .isEqualTo(new Verdict.Closed(
                        "the upgrade requires a reboot that nobody has confirmed: reboot, then sweepback upgrade reboot "
                                + World.UPGRADE,
                        Optional.empty()));
        assertThat(ask(Purpose.DUE)).isInstanceOf(Verdict.Closed.class);
        assertThat(world.answer()).isInstanceOf(RunAnswer.GateClosed.class);
        assertThat(world.system.sent()).isEmpty();

        world.upgrades().rebooted(World.UPGRADE, Optional.empty(), World.SOMEBODY);

        assertThat(ask(Purpose.CLEANUP)).isInstanceOf(Verdict.Open.class);
        assertThat(world.answer()).isInstanceOf(RunAnswer.Ran.class);
    }
}
