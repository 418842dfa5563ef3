package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.sandbox.Faults;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExitCodesTest {

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void aPlanWithSomethingToDoEndsWithTwoIfAsked() {
        terminal.playUpgrade();

        assertThat(terminal.type("plan", Terminal.JOB).exit()).isZero();
        assertThat(terminal.type("plan", Terminal.JOB, "--exit-code").exit()).isEqualTo(2);
    }

    @Test
    void errorsAreDataWhereDataWasAskedFor() {
        for (String format : new String[] {"json", "yaml"}) {
            Terminal.Answer wrong = terminal.type("plan", "nonsense", "-o", format);
            Terminal.Answer unknown = terminal.type("plan", "--nonsense", "-o", format);

            assertThat(wrong.out()).as(format).contains("error", "unknown-job");
            assertThat(unknown.out()).as(format).contains("error", "usage");
            assertThat(wrong.err() + unknown.err()).as(format).isEmpty();
        }
        assertThat(terminal.type("plan", "nonsense", "-o", "yaml").out()).startsWith("error:\n  code: ");
    }

    @Test
    void anOperationThatFailsEndsWithThree() {
        terminal.playUntilEnabled();
        terminal.home
                .sandbox
                .github()
                .faults()
                .next(Faults.request("PATCH", "/repos/.*"))
                .answer(403, "application/json", "{\"message\":\"Resource not accessible by personal access token\"}");

        Terminal.Answer answer = terminal.type("run", Terminal.JOB, "--yes", "-o", "json");

        assertThat(answer.exit()).as(answer.toString()).isEqualTo(3);
        assertThat(answer.json().path("totals").path("failed").asInt()).isEqualTo(1);
        assertThat(answer.json().path("state").asString()).isEqualTo("partial");
    }

    @Test
    void aJobThatIsNotEnabledEndsWithFourAndRecordsNoRun() {
        terminal.playUpgrade();
        terminal.forgetTraffic();

        Terminal.Answer answer = terminal.type("run", Terminal.JOB, "--yes");

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("the gate is closed", "not enabled");
        assertThat(terminal.requests()).isZero();
        assertThat(terminal.data("history")).isEmpty();
    }

    @Test
    void withoutAnUpgradeItEndsWithFourAndSaysWhatToDo() {
        Terminal.Answer answer = terminal.type("plan", Terminal.JOB);

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("there is no upgrade of", " upgrade schedule");
    }

    @Test
    void aPausedJobEndsWithFourUntilItIsEnabled() {
        terminal.playUntilEnabled();
        terminal.data("pause", "--reason", "incident");

        assertThat(terminal.type("gate", Terminal.JOB).exit()).isEqualTo(4);
        assertThat(terminal.data("status").path("paused").get(0).path("reason").asString())
                .isEqualTo("incident");

        terminal.data("enable", Terminal.JOB, "--yes");

        assertThat(terminal.type("gate", Terminal.JOB).exit()).isZero();
        JsonNode paused = terminal.data("status").path("paused").get(0);
        assertThat(paused.path("job").asString()).isEqualTo("*");
        assertThat(paused.path("except")).hasSize(1);
        assertThat(paused.path("except").get(0).path("job").asString()).isEqualTo(Terminal.JOB);
        assertThat(terminal.type("status").out()).contains("everything but: " + Terminal.JOB + " (enabled ");

        terminal.data("pause", Terminal.JOB);

        assertThat(terminal.data("status").path("paused"))
                .filteredOn(pause -> pause.path("job").asString().equals("*"))
                .allSatisfy(pause -> assertThat(pause.path("except")).isEmpty());
    }

    @Test
    void aPlanOverTheLimitEndsWithFiveAndPlanShowsWhy() {
        terminal.home.write(
                "policies/production.yaml", SandboxHome.POLICY.replace("maxOperations: 50", "maxOperations: 5"));
        terminal.playUntilEnabled();
        terminal.forgetTraffic();

        Terminal.Answer plan = terminal.type("plan", Terminal.JOB);
        Terminal.Answer asked = terminal.type("plan", Terminal.JOB, "--exit-code");
        Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes", "-o", "json");

        assertThat(plan.exit()).isZero();
        assertThat(plan.out())
                .contains("Refused: ", "It would be refused: `run` does nothing with this plan, and ends with 5.")
                .doesNotContain("Run it:");
        assertThat(asked.exit()).isEqualTo(5);
        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.json().path("error").path("code").asString()).isEqualTo("refused");
        assertThat(run.json().path("error").path("remedy").asString()).isNotBlank();
        assertThat(terminal.writes()).isEmpty();
    }

    @Test
    void aPlanOfAnOlderJobFileEndsWithSix() {
        terminal.playUntilEnabled();
        String plan = terminal.data("plan", Terminal.JOB).path("planId").asString();
        terminal.home.write("jobs/dten-cleanup.yaml", SandboxHome.JOB + "# changed\n");

        Terminal.Answer enabled = terminal.type("enable", Terminal.JOB, "--yes");
        Terminal.Answer answer = terminal.type("run", "--plan", plan, "--yes", "-o", "json");

        assertThat(enabled.err()).contains("has changed since it was last enabled", "+# changed");
        assertThat(answer.exit()).isEqualTo(6);
        assertThat(answer.json().path("error").path("what").asString()).contains("the job file");
    }

    @Test
    void aPlanIsCarriedOutOnce() {
        terminal.playUntilEnabled();
        String plan = terminal.data("plan", Terminal.JOB).path("planId").asString();
        terminal.data("run", Terminal.JOB, "--plan", plan, "--yes");
        terminal.data("enable", Terminal.JOB, "--yes");

        Terminal.Answer answer = terminal.type("run", Terminal.JOB, "--plan", plan, "--yes");

        assertThat(answer.exit()).isEqualTo(6);
        assertThat(answer.err()).contains("has been used");
    }

    @Test
    void aLaterChangeIsLeftAloneByUndoAndEndsWithSeven() {
        terminal.playUntilEnabled();
        JsonNode run = terminal.data("run", Terminal.JOB, "--yes");
        terminal.home.scenario.foreignChange();

        Terminal.Answer undo = terminal.type("undo", run.path("runId").asString(), "--yes", "-o", "json");

        assertThat(undo.exit()).isEqualTo(7);
        assertThat(undo.json().path("operations"))
                .filteredOn(operation -> operation.path("result").asString().equals("conflict"))
                .singleElement()
                .satisfies(operation ->
                        assertThat(operation.path("kind").asString()).isEqualTo("webhook"));
    }

    @Test
    void anUndoOfAnUndoEndsWithSeven() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        String undo = terminal.data("undo", run, "--yes", "--only", "kind=flag")
                .path("runId")
                .asString();

        assertThat(terminal.type("undo", undo, "--yes").exit()).isEqualTo(7);
    }

    @Test
    void aPartThatNamesNothingInTheRunIsWrongUsage() {
        terminal.playUntilEnabled();
        String run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        int entries = terminal.data("audit", "list").size();

        assertWrong("undo " + run + " --yes --only kind=flg", "did you mean kind=flag?");
        assertWrong("undo " + run + " --dry-run --only name=nothing-*", "matches --only");
        assertThat(terminal.data("audit", "list")).hasSize(entries);
    }

    @Test
    void aNameThatOnlyTheJournalKnowsIsNoMistake() {
        terminal.playUntilEnabled();
        terminal.home.write("jobs/dten-cleanup.yaml", SandboxHome.JOB.replace("name: dten-cleanup", "name: other"));

        assertThat(terminal.data("audit", "list", "--job", Terminal.JOB)).isNotEmpty();
        assertThat(terminal.data("history", "--job", Terminal.JOB)).isEmpty();
        assertThat(terminal.data("history", "--job", "other")).isEmpty();
        assertThat(terminal.data("audit", "list", "--kind", "lease")).isEmpty();
    }

    @Test
    void aChangedRecordEndsWithEight() throws Exception {
        terminal.playUntilEnabled();
        Path database = terminal.home.home().resolve("sweepback.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER entry_is_never_changed");
            statement.execute("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 2");
        }

        Terminal.Answer answer = terminal.type("audit", "verify", "-o", "json");

        assertThat(answer.exit()).isEqualTo(8);
        assertThat(answer.json().path("ok").asBoolean()).isFalse();
        assertThat(answer.json().path("problem").asString()).contains("entry 2");
    }

    @Test
    void whoActsIsSaidToWhoWantsToActToo() {
        terminal.playUntilEnabled();
        terminal.forgetTraffic();

        try (ActingLock lock = ActingLock.acquire(terminal.home.home(), "serve, process 4711")) {
            assertThat(lock).isNotNull();
            Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes");
            JsonNode status = terminal.data("status");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).contains("serve, process 4711", "is stopped, then this is done");
            assertThat(status.path("actingBy").asString()).contains("4711");
            assertThat(terminal.requests()).isZero();
        }
        assertThat(terminal.data("status").path("actingBy").isNull()).isTrue();
    }

    @Test
    void anUpgradeThatCannotMoveSoEndsWithOneAndAnUnknownOneWithSixtyFour() {
        terminal.playUpgrade();

        assertThat(terminal.type("upgrade", "start", "dten-2.4.0-prod").exit()).isEqualTo(1);
        Terminal.Answer unknown = terminal.type("upgrade", "start", "dten-2.4.0-prd");
        assertThat(unknown.exit()).isEqualTo(64);
        assertThat(unknown.err()).contains("did you mean 'dten-2.4.0-prod'?");
    }

    @Test
    void wrongUsageEndsWithSixtyFourAndNothingOnStandardOutput() {
        assertWrong("plann", "did you mean plan?");
        assertWrong("plann", "there is no command 'plann'");
        assertWrong("plan", "JOB is missing");
        assertWrong("plan one two", "'two' is one argument too many");
        assertWrong("keep flag:unleash/x --reason x", "--until DATE or --end is missing");
        assertWrong("plan dten-cleanup --upgrade", "a value is missing: --upgrade ID");
        assertWrong("plan dten-cleanup -o xml", "--output: 'xml' is none of table, json and yaml");
        assertWrong("plan dten-cleanup --home here", "--home is given more than once");
        assertWrong("--home here plan dten-cleanup", "--home is given twice: before the command and after it");
        assertWrong(
                "upgrade schedule p",
                "--from VERSION, --to VERSION, --environment NAME, --window START/END are missing");
        assertWrong("plan dten-clenup", "did you mean 'dten-cleanup'?");
        assertWrong("plan dten-cleanup --frobnicate", "there is no option '--frobnicate'");
        assertWrong("run", "JOB, --plan or --due is missing");
        assertWrong("plan dten-cleanup --upgrade nothing", "there is no upgrade 'nothing'");
        assertWrong("undo abc --yes", "give at least 4 characters");
        assertWrong("undo zzzz --yes", "there is no run 'zzzz'");
        assertWrong("undo zzzz --yes --only colour=red", "is not understood");
        assertWrong("keep dark-mode --until 2099-01-01 --reason x", "kind:connection/id");
        assertWrong("keep flag:nowhere/x --until 2099-01-01 --reason x", "there is no connection 'nowhere'");
        assertWrong("keep flag:unleash/x --until 2001-01-01 --reason x", "has passed");
        assertWrong("keep flag:unleash/x --until soon --reason x", "neither a date nor a time");
        assertWrong("audit list --type operation.done", "operation.outcome");
        assertWrong("audit show zzzz", "there is no entry, no operation and no run 'zzzz'");
        assertWrong("audit show 99999", "there is no entry, no operation and no run '99999'");
        assertWrong("audit list --kind flg", "did you mean 'flag'?");
        assertWrong("audit list --job nojob", "the jobs are: dten-cleanup");
        assertWrong("audit list --connection unlesh", "did you mean 'unleash'?");
        assertWrong("audit list --upgrade nope", "there is no upgrade 'nope'");
        assertWrong("history --job dten-clenup", "did you mean 'dten-cleanup'?");
        assertWrong("history --upgrade nope", "there is no upgrade 'nope'");
        assertWrong("explain flg:unleash/x", "did you mean 'flag'?");
        assertWrong("explain flag:unlesh/x", "did you mean 'unleash'?");
        assertWrong("keep flag:unleash/x --end --reason x", "nobody keeps flag:unleash/x");
        assertWrong("keep flag:unleash/x --end --until 2099-01-01 --reason x", "mutually exclusive");
        assertWrong("keep flag:unleash/x --until 2099-01-01", "--reason");
        assertWrong("pause --reason Gr\uFFFD\uFFFDe", "cannot be read in this locale");
        assertWrong("upgrade schedule p --from 1 --to 2 --environment e --window 1/2", "START/END");
        assertWrong("approve x", "");
    }

    private void assertWrong(String command, String said) {
        Terminal.Answer answer = terminal.type(command.split(" "));

        assertThat(answer.exit()).as(command + ": " + answer).isEqualTo(64);
        assertThat(answer.out()).as(command).isEmpty();
        assertThat(answer.err()).as(command).contains(said);
    }

    @Test
    void errorsAreJsonWhereJsonWasAskedFor() {
        JsonNode error = terminal.type("plan", "nothing", "-o", "json").json().path("error");

        assertThat(error.propertyNames()).containsExactly("code", "what", "where", "remedy");
        assertThat(error.path("code").asString()).isEqualTo("unknown-job");
    }

    @Test
    void aMoveThatWasMadeAlreadyIsSaidPlainlyAndNotRecordedAgain() {
        String completed = terminal.playUpgrade().path("completedAt").asString();
        int entries = terminal.data("audit", "list").size();

        Terminal.Answer again = terminal.type("upgrade", "complete", "dten-2.4.0-prod", "--reason", "once more");

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err())
                .contains("upgrade 'dten-2.4.0-prod' is already completed since " + completed, "nothing is left to do");
        assertThat(terminal.data("audit", "list")).hasSize(entries);
    }

    @Test
    void thePauseOfEverythingNamesTheEndForEachJob() {
        terminal.playUntilEnabled();
        terminal.home.write("jobs/other.yaml", SandboxHome.JOB.replace("name: dten-cleanup", "name: other"));

        Terminal.Answer everything = terminal.type("pause");
        Terminal.Answer gate = terminal.type("gate", Terminal.JOB);
        Terminal.Answer one = terminal.type("pause", "other");

        assertThat(everything.out().lines().skip(1))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith(" enable dten-cleanup"),
                        second -> assertThat(second).endsWith(" enable other"));
        assertThat(gate.out()).contains("everything was paused by", "(ends for this job with: ");
        assertThat(one.out()).contains("job other is paused; it ends with: ");
    }
}
