package dev.sweepback.cli;

import dev.sweepback.journal.Run;
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

    /** @return what it promised and did not hold; nothing, if everything was put back but what it says was not */
    List<String> play() throws IOException, InterruptedException {
        text.say(
                "Engine, HTTP and SQLite are real; the systems are a sandbox; a story clock tells the time, from %s to now.",
                DemoText.minute(stage.world.clock.instant()));
        DemoNearMisses nearMisses = new DemoBefore(stage, text).play();
        ObjectNode before = stage.world.sandbox.dump();
        DemoKill kill = new DemoKill(stage, text);
        kill.killed();
        Run run = kill.restarted();
        nearMisses.spared(before);
        new DemoTripwire(stage, text).play(before);
        DemoAfter after = new DemoAfter(stage, text);
        after.undo(run, before).compare(text, stage.promises);
        after.audit();
        stage.promises.broken().forEach(promise -> text.say("NOT as promised: %s", promise));
        return stage.promises.broken();
    }
}
