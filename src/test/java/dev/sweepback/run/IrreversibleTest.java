package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Reversibility;
import dev.sweepback.job.Allow;
import dev.sweepback.job.Job;
import dev.sweepback.job.Permits;
import dev.sweepback.job.Step;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.undo.Only;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be put back. */
class IrreversibleTest {

    private final World world = new World();

    @BeforeEach
    void oneThing() {
        world.system.with("a", "old");
        confirms(true);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void confirms(boolean confirms) {
        world.policy = World.permitting(
                World.policy(),
                Reversibility.NONE,
                new Permits(
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        confirms,
                        Allow.ALL,
                        Optional.empty(),
                        true));
    }

    private RunAnswer typing(String typed) {
        return world.cleanup().run(world.plan(), world.terms(), Optional.of(typed), World.SOMEBODY);
    }

    private static Step disabledAndThenBurnt(boolean irreversible) {
        Step step = World.irreversible("old things", "disable");
        return new Step(
                step.name(),
                step.needs(),
                step.connection(),
                step.kind(),
                step.where(),
                step.action(),
                Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.of("burn"))),
                step.instructions(),
                irreversible);
    }

    private void ready(Job job) {
        world.job = job;
        world.ready();
    }

    @Test
    void itIsBlockedUnlessItsStepSaysSo() {
        ready(World.job(World.step("old things", "burn")));

        assertThat(world.plan().blocked())
                .singleElement()
                .satisfies(item -> assertThat(item.reason())
                        .contains("reversibility is none", "the step does not say 'irreversible: true'"));
    }

    @Test
    void itIsBlockedUnlessThePolicyAllowsIt() {
        world.policy = World.policy();
        ready(World.job(World.irreversible("old things", "burn")));

        assertThat(world.plan().blocked())
                .singleElement()
                .satisfies(item -> assertThat(item.reason()).contains("policy 'test' allows reissue"));
    }

    @Test
    void whatCouldNotBeHandedOverAgainCannotBePutBackAndIsPlannedOnlyWhereBothSaySo() {
        world.system.noHandover("Vault has no such path");
        ready(World.job(World.irreversible("old things", "revoke")));

        Plan plan = world.plan();

        assertThat(plan.operations()).singleElement().satisfies(operation -> {
            assertThat(operation.reversibility()).isEqualTo(Reversibility.NONE);
            assertThat(operation.lost()).containsExactly("Vault has no such path");
        });

        world.policy = World.policy();

        assertThat(world.plan().blocked())
                .singleElement()
                .satisfies(item -> assertThat(item.reason()).isEqualTo("Vault has no such path"));
    }

    @Test
    void theNameOfItsEnvironmentMustBeTyped() {
        ready(World.job(World.irreversible("old things", "burn")));

        assertThat(world.answer()).isInstanceOf(RunAnswer.NotConfirmed.class);
        assertThat(typing("Production")).isInstanceOf(RunAnswer.NotConfirmed.class);
        assertThat(world.system.sent()).isEmpty();

        Run run = World.ran(typing("production"));

        assertThat(run.started().data("confirmed")).contains("production");
        assertThat(world.system.sent()).containsExactly("burn a");
    }

    @Test
    void whatIsDueIsCoveredByTheNameThatWasTypedForItsRun() {
        ready(World.job(disabledAndThenBurnt(true)));
        World.ran(typing("production"));
        world.pass(Duration.ofDays(8));

        Due due = world.cleanup().due(world.files(), Optional.empty()).get(0);

        assertThat(World.ran(world.cleanup().run(due, World.SOMEBODY)).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).containsExactly("disable a", "burn a");
    }

    @Test
    void whatIsDueOfARunForWhichNoneWasTypedWaitsForIt() {
        confirms(false);
        ready(World.job(disabledAndThenBurnt(true)));
        world.run();
        confirms(true);
        world.pass(Duration.ofDays(8));
        Due due = world.cleanup().due(world.files(), Optional.empty()).get(0);

        assertThat(world.cleanup().run(due, World.SOMEBODY)).isInstanceOf(RunAnswer.NotConfirmed.class);
        assertThat(world.system.sent()).containsExactly("disable a");

        World.ran(world.cleanup().run(due, Optional.of("production"), World.SOMEBODY));
        assertThat(world.system.sent()).containsExactly("disable a", "burn a");
    }

    @Test
    void whatIsDueIsAskedForAsItsStepIsNow() {
        confirms(false);
        ready(World.job(disabledAndThenBurnt(true)));
        world.run();
        world.job = World.job(disabledAndThenBurnt(false));
        world.pass(Duration.ofDays(8));

        Due due = world.cleanup().due(world.files(), Optional.empty()).get(0);

        assertThat(due.plan().blocked()).hasSize(1);
        assertThat(due.plan().operations()).isEmpty();
    }

    @Test
    void undoPutsBackEverythingElse() {
        confirms(false);
        world.system.with("b", "other");
        ready(World.job(
                World.step("others", "archive", "resource.group == 'other'", List.of()),
                World.irreversible("old things", "burn")));
        Run run = world.run();

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo)).containsExactly("a failed: cannot be put back", "b done");
        assertThat(undo.operations()).filteredOn(RunJson::isImpossible).hasSize(1);
        assertThat(world.system.sent()).doesNotContain("undo burn a").contains("undo archive b");
        assertThat(world.reread(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    /** Nobody else has removed it, so it is no conflict either. */
    @Test
    void norIsWhatCameBeforeItOnTheSameThingPutBack() {
        confirms(false);
        ready(World.job(disabledAndThenBurnt(true)));
        Run run = world.run();
        world.pass(Duration.ofDays(8));
        World.ran(world.cleanup()
                .run(world.cleanup().due(world.files(), Optional.empty()).get(0), World.SOMEBODY));

        Run undo = world.undo(run);

        assertThat(undo.operations()).hasSize(2).allMatch(RunJson::isImpossible);
        assertThat(undo.operations()).extracting(OperationRecord::name).containsOnly("a");
    }

    @Test
    void whatIsHeldCanBePutBackBeforeItIsDue() {
        confirms(false);
        ready(World.job(disabledAndThenBurnt(true)));
        Run run = world.run();
        assertThat(world.cleanup().planUndo(run, Only.ALL).operations())
                .extracting(PlannedOperation::reversibility)
                .containsExactly(Reversibility.EXACT);

        assertThat(world.undo(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.status("a")).isEqualTo("live");
    }
}
