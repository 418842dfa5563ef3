package dev.sweepback.cli;

import dev.sweepback.journal.Run;
import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.NearMiss;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The story: fear, then relief. Everything it prints was computed by the product or read off the sandbox. */
final class Demo {

    private final DemoStage stage;
    private final DemoText text;

    Demo(DemoWorld world, Outside outside) {
        this.stage = new DemoStage(world, outside);
        this.text = new DemoText(outside.out());
    }

    /** @return whether everything was put back but what it says was not */
    boolean play() throws IOException, InterruptedException {
        text.say(
                "Engine, HTTP and SQLite are real; the systems are a sandbox; a story clock tells the time, from %s to now.",
                DemoText.minute(stage.world.clock.instant()));
        new DemoBefore(stage, text).play();
        ObjectNode before = stage.world.sandbox.dump();
        DemoKill kill = new DemoKill(stage, text);
        kill.killed();
        Run run = kill.restarted();
        boolean spared = nearMissesSpared(before);
        kill.held();
        DemoAfter after = new DemoAfter(stage, text);
        boolean putBack = after.undo(run, before);
        return after.audit() && putBack && spared;
    }

    private boolean nearMissesSpared(ObjectNode before) {
        List<String> names =
                stage.world.scenario.nearMisses().stream().map(NearMiss::what).toList();
        Comparison comparison = Comparison.between(before, stage.world.sandbox.dump(), names::contains);
        text.say("     of the %d that looked like leftovers, %d are untouched", names.size(), comparison.exact());
        return comparison.exact() == names.size();
    }
}
