package dev.sweepback.cli;

import dev.sweepback.journal.Run;
import java.io.IOException;
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
        DemoAfter after = new DemoAfter(stage, text);
        boolean putBack = after.undo(run, before);
        return after.audit() && putBack;
    }
}
