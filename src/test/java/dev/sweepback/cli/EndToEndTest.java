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
import dev.sweepback.undo.Only;
import java.nio.file.Path;
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
}
