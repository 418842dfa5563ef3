package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.Faults;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What commands show of quarantines and tripwires, and what {@code run --due} puts back. */
class TripwireCommandsTest {

    private static final String FLAG = "dten-v2-hybrid-write";
    private static final String REF = "flag:unleash/" + FLAG;

    @TempDir
    Path folder;

    private Terminal terminal;
    private ObjectNode before;
    private String run = "";

    @BeforeEach
    void clean() {
        terminal = new Terminal(folder);
        terminal.playUntilEnabled();
        before = terminal.home.sandbox.dump();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private void ran() {
        run = terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
        terminal.home.clock.moveOn(Duration.ofHours(3));
    }

    private void use() {
        terminal.home.sandbox.unleash().evaluate(FLAG, "nightly-billing", "production");
        terminal.home.clock.moveOn(Duration.ofMinutes(1));
    }

    private boolean isAsBefore() {
        return Comparison.between(before, terminal.home.sandbox.dump(), ("flag:" + FLAG)::equals)
                        .exact()
                == 1;
    }

    private static JsonNode with(JsonNode array, String key, String value) {
        for (JsonNode node : array) {
            if (node.path(key).asString("").equals(value)) {
                return node;
            }
        }
        throw new AssertionError("no " + key + " " + value + " in " + array);
    }

    @Test
    void thePlanSaysWhetherATripwireWatchesAndWhatWasFoundOfUse() {
        JsonNode operations = terminal.data("plan", Terminal.JOB).path("operations");

        JsonNode flag = with(operations, "resource", FLAG);
        assertThat(flag.path("reason").asString()).isEqualTo("selected by step 'rollout flags'; tripwire on");
        assertThat(flag.path("quarantine").asString()).isEqualTo("PT168H");
        assertThat(flag.path("then").isMissingNode()).isTrue();
        assertThat(flag.path("use").path("found").asString()).isEqualTo("used");
        assertThat(flag.path("use").path("at").isMissingNode()).isFalse();
        JsonNode hook = with(operations, "kind", "webhook");
        assertThat(hook.path("reason").asString()).endsWith("; no tripwire: GitHub does not tell");
        assertThat(hook.path("then").path("quarantine").asString()).isEqualTo("PT168H");
        assertThat(hook.path("then").path("action").asString()).isEqualTo("remove");
        assertThat(hook.path("use").path("found").asString("")).isNotEmpty();
        assertThat(with(operations, "kind", "token").path("reason").asString()).doesNotContain("tripwire");
        assertThat(terminal.type("plan", Terminal.JOB).out())
                .contains("archive, held for 7d", "disable, remove after 7d");
        assertThat(terminal.type("explain", REF).out()).contains("; last used at ");
    }

    @Test
    void whatIsUsedIsPutBackByRunDueAndSaidEverywhere() {
        ran();
        JsonNode held = terminal.data("status").path("held");
        assertThat(held).hasSize(16);
        assertThat(with(held, "resource", REF).path("watched").asBoolean()).isTrue();
        assertThat(with(held, "resource", REF).path("then").isMissingNode()).isTrue();
        assertThat(with(held, "then", "remove").path("watched").asBoolean()).isFalse();
        assertThat(terminal.data("status").path("lastLook").isMissingNode()).isTrue();
        use();
        terminal.forgetTraffic();

        Terminal.Answer dry = terminal.type("run", "--due", "--dry-run");
        assertThat(dry.err()).contains(REF + " used at ", ", 3h after archive: would be put back by itself");
        assertThat(terminal.writes()).isEmpty();

        JsonNode undo = terminal.data("run", "--due", "--yes").get(0);

        assertThat(isAsBefore()).isTrue();
        assertThat(undo.path("undoOf").asString()).isEqualTo(run);
        assertThat(undo.path("cause").asString()).startsWith("tripwire: " + REF + " used at ");
        assertThat(undo.path("operations")).hasSize(1);
        String undoId = undo.path("runId").asString();
        JsonNode status = terminal.data("status");
        assertThat(status.path("held")).hasSize(15);
        assertThat(status.path("lastLook").asString("")).isNotEmpty();
        JsonNode tripped = with(status.path("tripped"), "resource", REF);
        assertThat(tripped.path("runId").asString()).isEqualTo(run);
        assertThat(tripped.path("undo").asString()).isEqualTo(undoId);
        assertThat(tripped.path("state").asString()).isEqualTo("succeeded");
        assertThat(terminal.type("status").out())
                .contains("put back by a tripwire, and not enabled again since: 1", undoId);
        assertThat(terminal.data("history").get(0).path("cause").asString()).startsWith("tripwire: ");
        assertThat(terminal.type("history").out()).contains("by itself: tripwire: " + REF);
        assertThat(terminal.type("explain", REF).out()).contains("tripwire: " + REF, "run " + undoId + " puts it back");
        assertThat(terminal.data("explain", REF)
                        .path("tripped")
                        .get(0)
                        .path("undo")
                        .asString())
                .isEqualTo(undoId);

        terminal.data("enable", Terminal.JOB, "--yes");
        assertThat(terminal.data("status").path("tripped")).isEmpty();
    }

    @Test
    void whatSomebodyHasChangedIsLeftAloneAndTheExitCodeSaysSo() {
        ran();
        use();
        ObjectNode strategy = JsonMapper.shared().createObjectNode().put("name", "default");
        terminal.home.sandbox.unleash().addStrategy(FLAG, "production", strategy);

        Terminal.Answer answer = terminal.type("run", "--due", "--yes");

        assertThat(answer.exit()).isEqualTo(7);
        assertThat(answer.out()).contains("somebody has changed it since: left alone", "by itself: tripwire: ");
        assertThat(terminal.data("status").path("held")).hasSize(15);
        assertThat(terminal.type("run", "--due", "--yes").exit()).isZero();
    }

    @Test
    void aTripwireThatSeesNothingIsNoSuccess() {
        ran();
        terminal.home
                .sandbox
                .unleash()
                .faults()
                .next(100, Faults.request("GET", "/api/admin/.*"))
                .reset();

        Terminal.Answer answer = terminal.type("run", "--due", "--yes");

        assertThat(answer.err()).contains("not known whether it is used", "nothing is due");
        assertThat(answer.exit()).isEqualTo(3);
    }

    @Test
    void whatAnUndoCouldNotPutBackIsSaidToBeWatchedNoLonger() {
        ran();
        String run = terminal.data("history").path(0).path("runId").asString();
        terminal.home
                .sandbox
                .unleash()
                .faults()
                .next(100, Faults.request("POST", "/api/admin/.*"))
                .answer(403, "application/json", "{}");

        Terminal.Answer undo = terminal.type("undo", run, "--only", "kind=flag", "--yes");

        assertThat(undo.exit()).isEqualTo(3);
        assertThat(undo.out()).contains("no quarantine holds it", " undo " + run);
    }

    @Test
    void whatIsHeldForItsTimeAloneIsReleasedWithoutAWord() {
        ran();
        terminal.home.clock.moveOn(Duration.ofDays(7));

        JsonNode runs = terminal.data("run", "--due", "--yes");

        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).path("purpose").asString()).isEqualTo("due");
        assertThat(runs.get(0).path("totals").path("done").asInt()).isEqualTo(6);
        assertThat(terminal.data("status").path("held")).isEmpty();
        assertThat(terminal.data("status").path("tripped")).isEmpty();
    }
}
