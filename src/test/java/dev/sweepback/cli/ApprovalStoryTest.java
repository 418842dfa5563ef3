package dev.sweepback.cli;

import static dev.sweepback.cli.Approvers.ANN;
import static dev.sweepback.cli.Approvers.BOB;
import static dev.sweepback.cli.Approvers.EVE;
import static dev.sweepback.cli.Approvers.PLANNER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A plan, the people who look at it, and what may be done with it then. */
class ApprovalStoryTest {

    @TempDir
    Path folder = Path.of("");

    private Terminal terminal;

    @BeforeEach
    void twoApproversAreNeeded() {
        terminal = new Terminal(folder).as(PLANNER);
        Approvers.ask(terminal.home, Approvers.approval(2));
        terminal.playUntilEnabled();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private String plan() {
        return terminal.data("plan", Terminal.JOB).path("planId").asString();
    }

    private Terminal.Answer approve(String who, String plan) {
        return terminal.as(who).type("approve", plan, "--reason", "looked at it", "--yes");
    }

    @Test
    void twoOthersApproveAndThePlanIsCarriedOutOnce() {
        Terminal.Answer shown = terminal.type("plan", Terminal.JOB);
        JsonNode planned = terminal.data("plan", Terminal.JOB);
        String plan = planned.path("planId").asString();

        assertThat(shown.out())
                .contains(
                        "0 of 2 approvals by the role approver",
                        "Approve it, by somebody else than who made it: ",
                        "approve ");
        assertThat(planned.path("approval").path("needs").asInt()).isEqualTo(2);
        assertThat(planned.path("approval").path("has").asInt()).isZero();
        assertThat(planned.path("approval").path("command").asString()).contains("sweepback approve " + plan);

        Terminal.Answer early = terminal.type("run", "--plan", plan, "--yes", "-o", "json");

        assertThat(early.exit()).isEqualTo(6);
        assertThat(early.json().path("error").path("code").asString()).isEqualTo("not-approved");
        assertThat(early.json().path("error").path("what").asString()).contains("0 of 2", "approver");
        assertThat(early.json().path("error").path("remedy").asString()).contains("approve " + plan);

        Instant before = terminal.home.clock.instant();
        JsonNode first = terminal.as(ANN)
                .data("approve", plan.substring(0, 6), "--reason", "looked at it", "--ticket", "OPS-8", "--yes");

        assertThat(first.path("planId").asString()).isEqualTo(plan);
        assertThat(first.path("role").asString()).isEqualTo("approver");
        assertThat(first.path("digest")).isEqualTo(planned.path("digest"));
        assertThat(Instant.parse(first.path("expiresAt").asString()).minus(Duration.ofHours(8)))
                .isBetween(before, terminal.home.clock.instant());
        assertThat(terminal.as(PLANNER).type("run", "--plan", plan, "--yes").err())
                .contains("1 of 2 approvals", ANN);

        assertThat(approve(BOB, plan).out()).contains("2 of 2 approvals", "run " + Terminal.JOB + " --plan " + plan);

        JsonNode run = terminal.as(PLANNER).data("run", "--plan", plan, "--yes");

        assertThat(run.path("planId").asString()).isEqualTo(plan);
        assertThat(run.path("state").asString()).isEqualTo("succeeded");
        JsonNode started =
                terminal.data("audit", "list", "--type", "run.started").get(0);
        JsonNode entry = terminal.data("audit", "show", started.path("seq").asString());
        assertThat(entry.path("data").path("approvedBy"))
                .extracting(word -> word.path("actor").asString())
                .containsExactly(ANN, BOB);
        JsonNode word =
                terminal.data("audit", "list", "--type", "plan.approved").get(0);
        JsonNode given = terminal.data("audit", "show", word.path("seq").asString());
        assertThat(given.path("planId").asString()).isEqualTo(plan);
        assertThat(given.path("upgradeId").asString()).isNotEmpty();
        assertThat(given.path("data").path("role").asString()).isEqualTo("approver");
        assertThat(given.path("data").has("expiresAt")).isTrue();
        assertThat(given.path("data").path("digest")).isEqualTo(planned.path("digest"));

        Terminal.Answer again = terminal.type("run", "--plan", plan, "--yes");

        assertThat(again.exit()).isEqualTo(6);
        assertThat(again.err()).contains("has been used");
        assertThat(approve(ANN, plan).exit()).isEqualTo(6);
    }

    @Test
    void thePlanIsShownWithItsDigestBeforeAnybodyIsAsked() {
        String plan = plan();
        String digest = terminal.data("audit", "list", "--type", "plan.made").toString();

        Terminal.Answer refused = terminal.as(ANN).answering("n\n", "approve", plan, "--reason", "why not");
        Terminal.Answer agreed = terminal.answering("y\n", "approve", plan, "--reason", "why not");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Plan " + plan, "archive", "Totals: ", "Digest: ", "Made by " + PLANNER, "[y/N]")
                .contains("0 of 2");
        assertThat(agreed.exit()).isZero();
        assertThat(digest).isNotEmpty();
        assertThat(terminal.type("approve", plan, "--reason", "why not").exit())
                .as("off a terminal, without --yes")
                .isEqualTo(1);
        assertThat(terminal.data("audit", "list", "--type", "plan.approved")).hasSize(1);
    }

    @Test
    void wordsThatDoNotCountAreNotRecorded() {
        String plan = plan();

        Terminal.Answer stranger = approve("local:4711/mallory", plan);
        Terminal.Answer operator = approve(EVE, plan);
        Terminal.Answer planner = approve("local:1000/another-name", plan);
        approve(ANN, plan);
        Terminal.Answer twice = approve("local:1001/ann-again", plan);
        Terminal.Answer silent = terminal.as(BOB).type("approve", plan, "--yes");

        assertThat(stranger.exit()).isEqualTo(1);
        assertThat(stranger.err()).contains("no role that counts", "approver", "\"local:4711\": [approver]");
        assertThat(operator.err()).contains("no role that counts");
        assertThat(planner.exit()).isEqualTo(1);
        assertThat(planner.err()).contains("who makes a plan does not approve it");
        assertThat(twice.exit()).isEqualTo(1);
        assertThat(twice.err()).contains("has approved plan " + plan + " already");
        assertThat(silent.exit()).as("without a reason").isEqualTo(64);
        assertThat(terminal.data("audit", "list", "--type", "plan.approved")).hasSize(1);
    }

    @Test
    void aRejectionIsFinalForThisPlan() {
        String plan = plan();
        approve(ANN, plan);

        JsonNode no = terminal.as(BOB).data("reject", plan, "--reason", "the flag is needed", "--yes");

        assertThat(no.path("approval").path("rejected").asBoolean()).isTrue();
        Terminal.Answer run = terminal.as(PLANNER).type("run", "--plan", plan, "--yes");
        assertThat(run.exit()).isEqualTo(6);
        assertThat(run.err()).contains("rejected by " + BOB, "the flag is needed");
        Terminal.Answer late = approve(ANN, plan);
        assertThat(late.exit()).isEqualTo(6);
        assertThat(late.err()).contains("final", "plan " + Terminal.JOB);
        assertThat(terminal.type("reject", plan, "--yes").exit()).isEqualTo(64);
    }

    @Test
    void whatChangedSinceThePlanWasMadeIsNotApproved() {
        String plan = plan();
        terminal.home.clock.moveOn(Duration.ofHours(25));

        Terminal.Answer old = approve(ANN, plan);

        assertThat(old.exit()).isEqualTo(6);
        assertThat(old.err()).contains("older than 24 hours");

        String fresh =
                terminal.as(PLANNER).data("plan", Terminal.JOB).path("planId").asString();
        terminal.home.write("jobs/dten-cleanup.yaml", SandboxHome.JOB + "# another word\n");

        assertThat(approve(ANN, fresh).err()).contains("changed since the plan was made: the job file");
        assertThat(approve(ANN, "nothing-such").exit()).isEqualTo(64);
    }

    @Test
    void withoutAPlanTheApprovedOneIsTakenAndElseOneIsMadeThatWaits() {
        Terminal.Answer made = terminal.type("run", Terminal.JOB, "--yes", "-o", "json");

        assertThat(made.exit()).isEqualTo(6);
        String plan = Approvers.waiting(made);
        assertThat(made.err()).contains("Plan " + plan, "Totals: ");

        Terminal.Answer again = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(again.err()).as("the very same waits already").contains("approve " + plan);
        JsonNode waiting = terminal.data("status").path("awaitingApproval");
        assertThat(waiting).hasSize(1);
        assertThat(waiting.get(0).path("planId").asString()).isEqualTo(plan);
        assertThat(waiting.get(0).path("needs").asInt()).isEqualTo(2);
        assertThat(waiting.get(0).path("command").asString()).startsWith("sweepback approve " + plan);
        assertThat(terminal.type("status").out()).contains("waiting for approval: 1", plan);

        approve(ANN, plan);
        approve(BOB, plan);

        assertThat(terminal.data("status").path("awaitingApproval")).isEmpty();
        JsonNode run = terminal.as(PLANNER).data("run", Terminal.JOB, "--yes");
        assertThat(run.path("planId").asString()).isEqualTo(plan);
    }

    @Test
    void nobodyIsAskedToCarryOutWhatIsNotApproved() {
        String plan = plan();

        Terminal.Answer answer = terminal.answering("y\n", "run", "--plan", plan);

        assertThat(answer.exit()).isEqualTo(6);
        assertThat(answer.err()).doesNotContain("[y/N]");
        assertThat(terminal.data("audit", "list", "--type", "run.started")).isEmpty();
    }

    @Test
    void whereNobodyAsksForApprovalNoneIsTaken() {
        Approvers.ask(terminal.home, "");
        String plan = plan();

        Terminal.Answer answer = approve(ANN, plan);

        assertThat(answer.exit()).isEqualTo(1);
        assertThat(answer.err()).contains("needs no approval");
        assertThat(terminal.as(PLANNER).type("run", "--plan", plan, "--yes").exit())
                .isZero();
    }

    @Test
    void aPlanThatAGuardrailRefusesIsNotApproved() {
        terminal.home.write(
                "policies/production.yaml",
                SandboxHome.POLICY.replace("maxOperations: 50", "maxOperations: 1") + "  " + Approvers.approval(1));
        String plan = plan();

        Terminal.Answer answer = approve(ANN, plan);

        assertThat(answer.exit()).isEqualTo(5);
        assertThat(answer.err()).contains("a guardrail refuses plan " + plan);
    }
}
