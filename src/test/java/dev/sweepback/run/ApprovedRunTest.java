package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Use;
import dev.sweepback.gate.ApprovalRefused;
import dev.sweepback.gate.ApprovalRefused.Kind;
import dev.sweepback.job.Allow;
import dev.sweepback.job.Approval;
import dev.sweepback.job.Permits;
import dev.sweepback.job.Step;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.undo.Only;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is carried out under a policy that asks for approvals. */
class ApprovedRunTest {

    static final String ANN = "local:1/ann";
    static final String BOB = "local:2/bob";

    private final Meanwhile meanwhile = new Meanwhile();
    private final World world = new World(meanwhile::over);

    static Permits permits(int approvers, int undoApprovers) {
        return new Permits(
                approvers == 0 ? Optional.empty() : Optional.of(approval(approvers)),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                Allow.ALL,
                undoApprovers == 0 ? Optional.empty() : Optional.of(approval(undoApprovers)),
                true);
    }

    private static Approval approval(int approvers) {
        return new Approval(List.of("approver"), approvers, Duration.ofHours(8));
    }

    @BeforeEach
    void twoThingsAndTwoApprovers() {
        world.actors = Map.of("local:1", List.of("approver"), "local:2", List.of("approver"));
        world.system.with("a", "old").with("b", "old");
        world.permit(permits(1, 0));
        world.ready();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private PlanId planned() {
        Plan plan = world.plan();
        Plans.save(world.journal, plan, World.SOMEBODY);
        return plan.id();
    }

    private RunAnswer run(PlanId id) {
        return world.cleanup().run(Plans.find(world.journal, id).orElseThrow(), world.terms(), World.SOMEBODY);
    }

    @Test
    void anApprovedPlanRunsOnceAndSaysWhoseWordItRestsOn() {
        PlanId plan = planned();
        long word = world.approve(plan, ANN).seq();

        Run run = World.ran(run(plan));

        JsonNode approvedBy = run.started().dataNode("approvedBy");
        assertThat(approvedBy).hasSize(1);
        assertThat(approvedBy.get(0).path("seq").asLong()).isEqualTo(word);
        assertThat(approvedBy.get(0).path("actor").asString()).isEqualTo(ANN);
        assertThat(run(plan)).isInstanceOf(RunAnswer.Stale.class);
        assertThat(world.system.sent()).containsExactly("archive a", "archive b");
    }

    @Test
    void withoutEnoughWordsNothingIsSent() {
        world.permit(permits(2, 0));
        PlanId plan = planned();
        world.approve(plan, ANN);

        assertThat(run(plan)).isInstanceOfSatisfying(RunAnswer.NotApproved.class, answer -> {
            assertThat(answer.reason()).contains("1 of 2 approvals", "approver", ANN);
            assertThat(answer.remedy()).contains("sweepback approve " + plan);
        });
        assertThat(world.system.sent()).isEmpty();

        world.approve(plan, BOB);

        assertThat(run(plan)).isInstanceOf(RunAnswer.Ran.class);
    }

    @Test
    void aWordThatHasExpiredDoesNotCarryIt() {
        PlanId plan = planned();
        world.approve(plan, ANN);
        world.pass(Duration.ofHours(8));

        assertThat(run(plan)).isInstanceOf(RunAnswer.NotApproved.class);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void aRejectionIsFinal() {
        PlanId plan = planned();
        world.approve(plan, ANN);
        world.reject(plan, BOB);

        assertThat(run(plan))
                .isInstanceOfSatisfying(
                        RunAnswer.NotApproved.class,
                        answer -> assertThat(answer.reason()).contains("rejected by " + BOB, "not tonight"));
        refused(() -> world.approve(plan, ANN), Kind.STALE, "final");
        refused(() -> world.reject(plan, ANN), Kind.STALE, "final");
    }

    /** Between the last look at the record and the commit that begins the run. */
    @Test
    void aRejectionCountsUpToTheCommitThatBeginsTheRun() {
        PlanId plan = planned();
        world.approve(plan, ANN);
        meanwhile.beforeNextDecision(() -> world.reject(plan, BOB));

        assertThat(run(plan)).isInstanceOf(RunAnswer.NotApproved.class);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void soDoesTheEndOfAWord() {
        PlanId plan = planned();
        world.approve(plan, ANN);
        meanwhile.beforeNextDecision(() -> world.pass(Duration.ofHours(8)));

        assertThat(run(plan)).isInstanceOf(RunAnswer.NotApproved.class);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void whoseRoleWasTakenAwayDoesNotCountAnyMore() {
        PlanId plan = planned();
        world.approve(plan, ANN);
        world.actors = Map.of("local:2", List.of("approver"));
        Cleanup later = new Cleanup(world.journal, world.engine(world.settings(), new StopSignal()), world.clock);

        RunAnswer answer = later.run(Plans.find(world.journal, plan).orElseThrow(), world.terms(), World.SOMEBODY);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        RunAnswer.NotApproved.class,
                        missing -> assertThat(missing.reason()).contains(ANN, "no role approver"));
    }

    @Test
    void wordsThatWouldNotCountAreRefused() {
        world.actors = Map.of("local:0", List.of("approver"), "local:1", List.of("approver"));
        PlanId plan = planned();

        refused(() -> world.approve(plan, "local:7/eve"), Kind.NOT_ALLOWED, "\"local:7\": [approver]");
        refused(() -> world.approve(plan, "local:0/root"), Kind.NOT_ALLOWED, "does not approve it");
        world.approve(plan, ANN);
        refused(() -> world.approve(plan, "local:1/other"), Kind.TWICE, "already, until");
        refused(() -> world.reject(plan, "local:7/eve"), Kind.NOT_ALLOWED, "no role");
        World.ran(run(plan));
        refused(() -> world.approve(plan, ANN), Kind.STALE, "has been used");
        refused(() -> world.reject(plan, ANN), Kind.STALE, "has been used");
    }

    @Test
    void whoMadeAPlanMayWithdrawIt() {
        PlanId plan = planned();

        world.reject(plan, "local:0/tester");

        assertThat(run(plan)).isInstanceOf(RunAnswer.NotApproved.class);
    }

    @Test
    void whatNeedsNoApprovalTakesNone() {
        world.permit(permits(0, 0));
        PlanId plan = planned();

        refused(() -> world.approve(plan, ANN), Kind.NOT_NEEDED, "asks for none");
        World.ran(run(plan));
    }

    @Test
    void aPlanThatDoesNothingNeedsNobodysWord() {
        world.system.lose("a");
        world.system.lose("b");
        PlanId plan = planned();

        refused(() -> world.approve(plan, ANN), Kind.NOT_NEEDED, "does nothing");
        assertThat(World.ran(run(plan)).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aPausedRunIsGoneOnWithUnderTheWordThatItWasBegunWith() {
        world.policy = World.permitting(World.waves(1), world.policy.weakest(), permits(1, 0));
        PlanId plan = planned();
        world.approve(plan, ANN);
        world.system.beforeSend(world.stop::raise);
        Run paused = World.ran(run(plan));
        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        world.pass(Duration.ofHours(9));

        RunAnswer answer = world.nextProcess()
                .resume(world.files(), world.reread(paused), World.SOMEBODY)
                .orElseThrow();

        assertThat(World.ran(answer).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatIsDueIsCoveredByTheApprovalOfItsRun() {
        world.job = World.job(disabledAndThenRemoved());
        world.enable();
        PlanId plan = planned();
        world.approve(plan, ANN);
        World.ran(run(plan));
        world.pass(Duration.ofDays(8));

        Due due = world.cleanup().due(world.files(), Optional.empty()).get(0);

        assertThat(World.ran(world.cleanup().run(due, World.SOMEBODY)).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).contains("remove a", "remove b");
    }

    @Test
    void whatIsDueOfARunWithoutAnApprovalStaysUnderAPolicyThatRequiresOneNow() {
        world.permit(permits(0, 0));
        world.job = World.job(disabledAndThenRemoved());
        world.enable();
        Run run = world.run();
        world.permit(permits(1, 0));
        world.pass(Duration.ofDays(8));
        int plans = world.plans().size();

        Due due = world.cleanup().due(world.files(), Optional.empty()).get(0);

        assertThat(world.cleanup().run(due, World.SOMEBODY))
                .isInstanceOfSatisfying(RunAnswer.NotApproved.class, answer -> {
                    assertThat(answer.reason())
                            .contains("begun without an approval", run.id().value());
                    assertThat(answer.remedy()).contains("sweepback undo " + run.id());
                });
        assertThat(world.system.sent()).doesNotContain("remove a", "remove b");
        assertThat(world.plans()).as("not a plan for each try").hasSize(plans);
        assertThat(world.held()).hasSize(2);
    }

    private static Step disabledAndThenRemoved() {
        return World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.of("remove"))),
                Handover.LOCAL);
    }

    @Test
    void anUndoIsHeldUpByNothingUnlessThePolicySaysSo() {
        PlanId plan = planned();
        world.approve(plan, ANN);
        Run run = World.ran(run(plan));

        assertThat(world.undo(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anUndoThatSomebodyAsksForNeedsTheWordsThatThePolicyAsksFor() {
        world.permit(permits(0, 1));
        Run run = world.run();
        Plan undo = world.cleanup().planUndo(run, Only.ALL);
        Plans.save(world.journal, undo, World.SOMEBODY);
        Approval wanted = world.policy.permits().undo().orElseThrow();

        assertThat(world.cleanup().undo(run, undo, wanted, World.SOMEBODY)).isInstanceOf(RunAnswer.NotApproved.class);
        assertThat(world.system.sent()).hasSize(2);

        world.approve(undo.id(), ANN);

        Run undone = World.ran(world.cleanup().undo(run, undo, wanted, World.SOMEBODY));
        assertThat(undone.started().dataNode("approvedBy")).hasSize(1);
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void aRunThatIsStillOpenIsNotStoppedForAnUndoThatIsNotApproved() {
        world.policy = World.permitting(World.waves(1), world.policy.weakest(), permits(0, 1));
        world.system.beforeSend(world.stop::raise);
        Run paused = world.run();
        Plan undo = world.cleanup().planUndo(paused, Only.ALL);
        Plans.save(world.journal, undo, World.SOMEBODY);
        Approval wanted = world.policy.permits().undo().orElseThrow();

        assertThat(world.nextProcess().undo(paused, undo, wanted, World.SOMEBODY))
                .isInstanceOf(RunAnswer.NotApproved.class);

        assertThat(world.reread(paused).state()).isEqualTo(RunState.PAUSED);
    }

    @Test
    void aTripwireAsksNobody() {
        world.system.tellingUse();
        world.job = World.job(World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.empty())),
                Handover.LOCAL));
        world.enable();
        world.permit(permits(0, 2));
        Run run = world.run();
        world.pass(Duration.ofHours(1));
        world.system.used("a", new Use.At(world.clock.instant()));

        List<Run> undos = world.cleanup().putBack(world.cleanup().look(Optional.empty()), World.SOMEBODY);

        assertThat(undos)
                .singleElement()
                .satisfies(undo -> assertThat(undo.undoOf()).contains(run.id()));
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    private static void refused(Runnable word, Kind kind, String text) {
        assertThatThrownBy(word::run).isInstanceOfSatisfying(ApprovalRefused.class, refusal -> {
            assertThat(refusal.kind()).isEqualTo(kind);
            assertThat(refusal.getMessage() + " " + refusal.remedy()).contains(text);
        });
    }
}
