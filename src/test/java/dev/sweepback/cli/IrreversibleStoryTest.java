package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Leases that nothing could issue again, as Vault has no role for it. */
class IrreversibleStoryTest {

    @TempDir
    Path folder = Path.of("");

    private Terminal terminal;

    @BeforeEach
    void nothingIssuesLeasesAgain() {
        terminal = new Terminal(folder);
        terminal.home.write("sweepback.yaml", terminal.home.settings(1).replace(", reissueRole: sweepback-undo", ""));
        terminal.home.write(
                "jobs/dten-cleanup.yaml",
                SandboxHome.JOB.replace(
                        "    - name: migration leases\n", "    - name: migration leases\n      irreversible: true\n"));
        policy("none", "");
        terminal.playUntilEnabled();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private void policy(String reversibility, String more) {
        terminal.home.write(
                "policies/production.yaml",
                SandboxHome.POLICY.replace("reversibility: reissue", "reversibility: " + reversibility) + more);
    }

    private JsonNode plan() {
        return terminal.data("plan", Terminal.JOB);
    }

    private static List<JsonNode> leases(JsonNode plan) {
        return of(plan.path("operations"), "lease");
    }

    private static List<JsonNode> of(JsonNode array, String kind) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(one -> one.path("kind").asString().equals(kind))
                .toList();
    }

    @Test
    void theyArePlannedOnlyWhereStepAndPolicyBothSaySo() {
        JsonNode plan = plan();

        assertThat(leases(plan))
                .isNotEmpty()
                .allSatisfy(lease ->
                        assertThat(lease.path("reversibility").asString()).isEqualTo("none"));
        assertThat(plan.path("totals").path("undo").path("none").asInt())
                .isEqualTo(leases(plan).size());
        assertThat(of(plan.path("operations"), "token")).isEmpty();
        assertThat(of(plan.path("blocked"), "token"))
                .isNotEmpty()
                .allSatisfy(token -> assertThat(token.path("reason").asString())
                        .contains("the step does not say 'irreversible: true'"));
        assertThat(terminal.type("plan", Terminal.JOB).out())
                .contains("cannot be put back: everything", leases(plan).size() + " none");

        policy("reissue", "");

        assertThat(leases(plan())).isEmpty();
        assertThat(of(plan().path("blocked"), "lease"))
                .isNotEmpty()
                .allSatisfy(lease ->
                        assertThat(lease.path("reason").asString()).contains("policy 'production' allows reissue"));
    }

    @Test
    void aPersonTypesTheNameOfTheEnvironmentFirst() {
        Terminal.Answer offTerminal = terminal.type("run", Terminal.JOB, "--yes", "-o", "json");
        Terminal.Answer yes = terminal.answering("y\ny\n", "run", Terminal.JOB);
        Terminal.Answer other = terminal.answering("staging\n", "run", Terminal.JOB, "--yes");
        Terminal.Answer nothing = terminal.answering("", "run", Terminal.JOB, "--yes");

        assertThat(offTerminal.exit()).isEqualTo(5);
        assertThat(offTerminal.json().path("error").path("code").asString()).isEqualTo("not-confirmed");
        for (Terminal.Answer answer : List.of(yes, other, nothing)) {
            assertThat(answer.exit()).as(answer.err()).isEqualTo(5);
            assertThat(answer.err()).contains("Type the name of the environment, production");
        }
        assertThat(terminal.writes()).isEmpty();
        assertThat(terminal.data("audit", "list", "--type", "run.started")).isEmpty();

        Terminal.Answer typed = terminal.answering("y\nproduction\n", "run", Terminal.JOB);

        assertThat(typed.exit()).as(typed.err()).isZero();
        JsonNode started =
                terminal.data("audit", "list", "--type", "run.started").get(0);
        assertThat(terminal.data("audit", "show", started.path("seq").asString())
                        .path("data")
                        .path("confirmed")
                        .asString())
                .isEqualTo("production");
    }

    @Test
    void undoPutsBackTheRestAndSaysWhatIsGone() {
        terminal.answering("production\n", "run", Terminal.JOB, "--yes");
        JsonNode run = terminal.data("history").get(0);
        String id = run.path("runId").asString();

        Terminal.Answer shown = terminal.type("undo", id, "--dry-run");
        Terminal.Answer undone = terminal.type("undo", id, "--yes", "-o", "json");

        assertThat(shown.out()).contains("cannot be put back: everything");
        assertThat(undone.exit()).isEqualTo(7);
        JsonNode operations = undone.json().path("operations");
        assertThat(of(operations, "lease")).isNotEmpty().allSatisfy(lease -> {
            assertThat(lease.path("result").asString()).isEqualTo("failed");
            assertThat(lease.path("impossible").asBoolean()).isTrue();
            assertThat(lease.path("reason").asString()).contains("cannot be put back");
        });
        assertThat(of(operations, "flag"))
                .isNotEmpty()
                .allSatisfy(flag -> assertThat(flag.path("result").asString()).isEqualTo("exact"));
        assertThat(of(operations, "webhook"))
                .isNotEmpty()
                .allSatisfy(hook -> assertThat(hook.path("result").asString()).isEqualTo("exact"));
        Terminal.Answer again = terminal.type("undo", id, "--yes");
        assertThat(again.exit()).isEqualTo(7);
        assertThat(again.out()).contains("to try again is of no use").doesNotContain("Try again:");
    }

    @Test
    void aPolicyCanLiftTheQuestion() {
        policy("none", "  confirm: none\n");

        assertThat(terminal.type("run", Terminal.JOB, "--yes").exit()).isZero();
    }

    @Test
    void nobodyTypesAnythingWhereAllCanBePutBack() {
        policy("none", "  confirm: environment-name\n");
        terminal.home.write("jobs/dten-cleanup.yaml", SandboxHome.JOB);
        terminal.data("enable", Terminal.JOB, "--yes");

        assertThat(terminal.type("run", Terminal.JOB, "--yes").exit()).isZero();
    }
}
