package dev.sweepback.cli;

import static dev.sweepback.cli.Approvers.ANN;
import static dev.sweepback.cli.Approvers.BOB;
import static dev.sweepback.cli.Approvers.PLANNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.ActingLock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An undo, where the policy asks for approvals of it. */
class UndoApprovalTest {

    @TempDir
    Path folder = Path.of("");

    private Terminal terminal;
    private String run;

    @BeforeEach
    void aRunToTakeBack() {
        terminal = new Terminal(folder).as(PLANNER);
        Approvers.ask(terminal.home, Approvers.undo(1));
        terminal.playUntilEnabled();
        run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        terminal.forgetTraffic();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private String asked(String... more) {
        Terminal.Answer answer = undo(more);
        assertThat(answer.exit()).as(answer.err()).isEqualTo(6);
        assertThat(terminal.writes()).isEmpty();
        return Approvers.waiting(answer);
    }

    private Terminal.Answer undo(String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(new String[] {"undo", run, "--yes", "-o", "json"}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        return terminal.as(PLANNER).type(all);
    }

    private void approve(String who, String plan) {
        terminal.as(who).data("approve", plan, "--reason", "it was wrong", "--yes");
    }

    @Test
    void itIsPlannedApprovedAndThenCarriedOut() {
        Terminal.Answer first = terminal.type("undo", run, "--yes");

        assertThat(first.exit()).isEqualTo(6);
        String plan = asked();
        assertThat(first.err()).contains("approve " + plan, "undo " + run + " --plan " + plan, "undo archive");
        assertThat(terminal.data("audit", "list", "--type", "plan.made"))
                .as("one undo beside the cleanup")
                .hasSize(2);
        JsonNode waiting = terminal.data("status").path("awaitingApproval").get(0);
        assertThat(waiting.path("planId").asString()).isEqualTo(plan);
        assertThat(waiting.path("relatesTo").asString()).isEqualTo(run);

        assertThat(terminal.as(PLANNER)
                        .type("approve", plan, "--reason", "mine", "--yes")
                        .exit())
                .isEqualTo(1);
        approve(ANN, plan);
        Terminal.Answer undone = undo("--plan", plan);

        assertThat(undone.exit()).isZero();
        assertThat(undone.json().path("planId").asString()).isEqualTo(plan);
        assertThat(undone.json().path("undoOf").asString()).isEqualTo(run);
        assertThat(terminal.data("audit", "list", "--type", "plan.made")).hasSize(2);
        assertThat(undo("--plan", plan).json().path("error").path("what").asString())
                .contains("has been used");
        assertThat(terminal.data("status").path("awaitingApproval")).isEmpty();
    }

    @Test
    void withoutItsIdTheApprovedPlanIsFound() {
        String plan = asked();
        approve(BOB, plan);

        assertThat(undo().json().path("planId").asString()).isEqualTo(plan);
    }

    @Test
    void theWordForAPartIsNotForTheWhole() {
        String part = asked("--only", "kind=flag");
        approve(ANN, part);

        String whole = asked();

        assertThat(whole).isNotEqualTo(part);
        assertThat(undo("--only", "kind=flag").json().path("planId").asString()).isEqualTo(part);
    }

    @Test
    void aRejectedOneIsFollowedByANewOne() {
        String plan = asked();
        terminal.as(ANN).data("reject", plan, "--reason", "let us look first", "--yes");

        assertThat(undo("--plan", plan).json().path("error").path("what").asString())
                .contains("rejected by");
        assertThat(asked()).isNotEqualTo(plan);
    }

    @Test
    void aPlanCanBeMadeAndApprovedWhileTheDaemonActs() {
        try (ActingLock lock = ActingLock.acquire(terminal.home.home(), "serve, process 17")) {
            assertThat(lock).isNotNull();
            approve(ANN, asked());
        }

        assertThat(undo().exit()).isZero();
    }

    @Test
    void nothingIsAskedWhereTheJobIsGone() {
        terminal.home.write("jobs/dten-cleanup.yaml", "");

        assertThat(undo().exit()).isZero();
    }

    @Test
    void nothingIsAskedWhereThePolicyDoesNot() {
        String plan = asked();
        Approvers.ask(terminal.home, "");

        assertThat(undo("--plan", plan).json().path("planId").asString()).isEqualTo(plan);
    }
}
