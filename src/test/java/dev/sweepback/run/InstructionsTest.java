package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Policy;
import dev.sweepback.job.Step;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlanJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a step says besides its action, and what is asked of what was selected. */
class InstructionsTest {

    private static final Instructions ALL = new Instructions(
            new Scope(Map.of("prefix", "some/where")),
            new Handover(Optional.of("vault"), "secret/handover"),
            Optional.of(new SecretRef.Vault("vault", "secret/hook", "secret")),
            true);

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theyGoWithTheOperationAndItsUndoThroughTheJournal() {
        world.job = World.job(step(ALL));
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();

        world.undo(run);

        assertThat(world.journal.read(Query.of(EntryType.OPERATION_INTENT)).stream()
                        .map(intent -> Entries.task(intent, world.journal))
                        .map(Task::instructions))
                .containsExactly(ALL, ALL);
    }

    @Test
    void aPlanIsReadBackWithThem() {
        world.job = World.job(step(ALL));
        world.system.with("a", "old");
        world.ready();

        Plan plan = world.plan();

        assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
        assertThat(plan.operations())
                .singleElement()
                .matches(operation -> operation.instructions().equals(ALL));
    }

    @Test
    void whatMayTakeOthersAlongIsBlockedUnlessTheStepAcceptsIt() {
        world.system.with(2, "a", "old");
        world.system.collateral("a-00", "its-child");
        world.job = World.job(step(Instructions.NONE));
        world.ready();

        assertThat(world.plan().blocked())
                .singleElement()
                .matches(item ->
                        item.reason().equals("may take along its-child: the step does not say 'collateral: accept'"));

        world.job = World.job(step(ALL));
        assertThat(world.plan().operations()).hasSize(2);
    }

    @Test
    void whatComesToTakeOthersAlongAfterThePlanIsSkipped() {
        world.system.with("a", "old");
        world.job = World.job(step(Instructions.NONE));
        world.ready();
        Plan plan = world.plan();
        world.system.collateral("a", "its-child");

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run))
                .containsExactly("a skipped: may take along its-child: the step does not say 'collateral: accept'");
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void whereOnlyALookTellsThatItIsDoneWhatWentAlongIsSaidToBeUnknown() {
        world.system.with(2, "a", "old");
        world.system.collateral("a-00", "its-child");
        world.system.answerLost("a-00", Kind.TIMEOUT, Duration.ofSeconds(1));
        world.job = World.job(step(ALL));
        world.ready();

        Run run = world.run();

        assertThat(World.outcomes(run)).contains("a-00 done: what went along with it was not seen", "a-01 done");
    }

    @Test
    void whatWentAlongAndTheRequestsIdAreRecorded() {
        world.system.with("a", "old");
        world.system.collateral("a", "its-child");
        world.job = World.job(step(ALL));
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.journal.read(Query.of(EntryType.OPERATION_OUTCOME)))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.dataNode("taken").toString()).isEqualTo("[\"thing:fake/its-child\"]");
                    assertThat(outcome.data("requestId")).contains("request-1");
                    assertThat(outcome.data("unseen")).as("all was seen").isEmpty();
                });
    }

    @Test
    void whatIsFoundInUseOnlyWhenAskedIsKept() {
        world.policy = idleForAWeek();
        world.system.with(2, "a", "old");
        world.system.usedWhenAsked("a-00", new Use.At(world.clock.instant().minus(Duration.ofDays(1))));
        world.job = World.job(step(Instructions.NONE));
        world.ready();

        Plan plan = world.plan();

        assertThat(plan.kept()).singleElement().matches(item -> item.reason().startsWith("used 27h ago"));
        assertThat(plan.operations()).hasSize(1);
    }

    @Test
    void whatIsUsedAgainAfterThePlanIsSkipped() {
        world.policy = idleForAWeek();
        world.system.with("a", "old");
        world.job = World.job(step(Instructions.NONE));
        world.ready();
        Plan plan = world.plan();
        world.system.usedWhenAsked("a", new Use.At(world.clock.instant()));

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(run.operations())
                .singleElement()
                .matches(operation -> operation
                        .end()
                        .flatMap(end -> end.reason())
                        .orElse("")
                        .startsWith("since the plan was made: used"));
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    private static Policy idleForAWeek() {
        Policy all = World.policy();
        return World.policy(
                all.limits(), 10, 20, List.of(), Duration.ofDays(7), Reversibility.REISSUE, "idle for a week");
    }

    private static Step step(Instructions instructions) {
        return World.step(
                "old things", "archive", "resource.group == 'old'", List.of(), Optional.empty(), instructions);
    }
}
