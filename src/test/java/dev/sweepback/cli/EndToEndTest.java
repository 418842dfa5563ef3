package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.undo.Only;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class EndToEndTest {

    @TempDir
    Path folder;

    @Test
    void aCleanupIsTakenBackAsAWhole() {
        try (SandboxHome home = new SandboxHome(folder);
                Wiring wiring = home.open();
                Engine engine = wiring.engine(new StopSignal())) {
            Terms terms = home.terms(home.playUpgrade(wiring.journal()));
            Enablement.enable(wiring.journal(), terms.job(), SandboxHome.UPGRADE, SandboxHome.SOMEBODY);
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, home.clock);
            ObjectNode before = home.sandbox.dump();

            RunAnswer answer = cleanup.run(terms, SandboxHome.SOMEBODY);

            assertThat(answer).isInstanceOf(RunAnswer.Ran.class);
            Run run = ((RunAnswer.Ran) answer).run();
            assertThat(run.state()).as(RunJson.toJson(run).toPrettyString()).isEqualTo(RunState.SUCCEEDED);

            Run undo = ((RunAnswer.Ran) cleanup.undo(run, Only.ALL, SandboxHome.SOMEBODY)).run();

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            Comparison comparison = Comparison.between(before, home.sandbox.dump());
            assertThat(comparison.different()).isEmpty();
            assertThat(wiring.journal().verify().problem()).isEmpty();
            assertThat(Run.find(wiring.journal(), run.id()).orElseThrow().state())
                    .isEqualTo(RunState.UNDONE);
        }
    }

    @Test
    void whatUndoIssuesAgainLivesAsLongAsTheOriginals() {
        try (SandboxHome home = new SandboxHome(folder);
                Wiring wiring = home.open();
                Engine engine = wiring.engine(new StopSignal())) {
            Terms terms = home.terms(home.playUpgrade(wiring.journal()));
            Enablement.enable(wiring.journal(), terms.job(), SandboxHome.UPGRADE, SandboxHome.SOMEBODY);
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, home.clock);
            Run run = ((RunAnswer.Ran) cleanup.run(terms, SandboxHome.SOMEBODY)).run();
            cleanup.undo(run, Only.ALL, SandboxHome.SOMEBODY);

            // leases and tokens of 30 days, taken and put back after 8 of them: a token for what was left, a lease anew
            home.clock.moveOn(Duration.ofDays(21));
            assertThat(migrationTokens(home)).as("before their end").hasSize(2);
            home.clock.moveOn(Duration.ofDays(2));
            assertThat(migrationTokens(home)).as("after their end").isEmpty();
            home.clock.moveOn(Duration.ofDays(6));
            assertThat(home.sandbox.vault().leasesOf(DtenScenario.MIGRATOR_ROLE))
                    .as("before their end")
                    .hasSize(6);
            home.clock.moveOn(Duration.ofDays(2));
            assertThat(home.sandbox.vault().leasesOf(DtenScenario.MIGRATOR_ROLE))
                    .as("after their end")
                    .isEmpty();
        }
    }

    private static List<String> migrationTokens(SandboxHome home) {
        return home.sandbox.vault().dump().properties().stream()
                .filter(thing -> thing.getValue()
                        .path("meta")
                        .path("upgrade")
                        .asString("")
                        .equals(DtenScenario.UPGRADE))
                .map(Map.Entry::getKey)
                .toList();
    }
}
