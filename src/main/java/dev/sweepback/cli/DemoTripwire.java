package dev.sweepback.cli;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.Quarantine.Held;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.Looked;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.sandbox.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Beat 6: what quarantine holds, and a flag that is put back by itself as an application still evaluates it. */
final class DemoTripwire {

    private final DemoStage stage;
    private final DemoText text;

    DemoTripwire(DemoStage stage, DemoText text) {
        this.stage = stage;
        this.text = text;
    }

    /** @param before the dump before the run */
    void play(ObjectNode before) {
        try (Wiring wiring = stage.open();
                ActingLock lock = stage.lock();
                Engine engine = wiring.engine(new StopSignal())) {
            Objects.requireNonNull(lock);
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, stage.world.clock);
            held(wiring);
            trip(cleanup, before);
            List<Held> left = held(wiring, stage);
            text.say("     held now: %d", left.size());
        }
    }

    private static List<Held> held(Wiring wiring, DemoStage stage) {
        return Quarantine.held(wiring.journal(), stage.world.clock.instant());
    }

    private void held(Wiring wiring) {
        List<Held> all = held(wiring, stage);
        text.beat("6. Quarantine holds %d", all.size());
        List<Held> removed =
                all.stream().filter(held -> held.then().isPresent()).toList();
        List<Held> watched = all.stream().filter(held -> held.then().isEmpty()).toList();
        text.say(
                "     %s: disabled, removed from %s on if nobody has changed them by then",
                DemoText.kinds(names(removed)), DemoText.minute(removed.get(0).dueAt()));
        text.say(
                "     %s: archived, a tripwire looks until %s whether one is still used",
                DemoText.kinds(names(watched)), DemoText.minute(watched.get(0).dueAt()));
    }

    private static List<String> names(List<Held> held) {
        return held.stream().map(one -> one.ref().kind() + ":" + one.ref().id()).toList();
    }

    /** The same look that the daemon takes once a minute. */
    private void trip(Cleanup cleanup, ObjectNode before) {
        Looked quiet = cleanup.look(Optional.empty());
        stage.promises.require(quiet.trips().isEmpty() && quiet.notKnown().isEmpty(), "what nobody uses trips nothing");
        stage.world.clock.moveOn(Duration.ofHours(2));
        String flag = stage.world.scenario.forgottenApplication();
        List<Run> undos = cleanup.putBack(cleanup.look(Optional.empty()), Note.of(Actor.DAEMON));
        boolean asBefore = Comparison.between(before, stage.world.sandbox.dump(), flag::equals)
                        .exact()
                == 1;
        for (Run undo : undos) {
            text.say(
                    "     %s: run %s puts back %s by itself: %s",
                    DemoText.minute(stage.world.clock.instant()),
                    DemoText.cut(undo.id().value()),
                    DemoText.shortName(flag),
                    DemoText.counts(List.copyOf(undo.operations()), RunJson::result));
            text.say("     %s", RunJson.cause(undo).orElse("without a cause"));
        }
        text.say("     by the sandbox's own dump it is as before: %s", asBefore ? "yes" : "NO");
        stage.promises.require(
                undos.size() == 1
                        && names(undos.get(0)).equals(List.of(flag))
                        && RunJson.cause(undos.get(0)).isPresent(),
                "a tripwire puts back " + flag + ", and nothing else");
        stage.promises.require(asBefore, flag + " is back as it was");
    }

    private static List<String> names(Run undo) {
        return undo.operations().stream()
                .map(one -> one.ref().kind() + ":" + one.ref().id())
                .toList();
    }
}
