package dev.sweepback.run;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Job;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Things of a system that tells of their use also when they are disabled; a run has disabled a, b and c, which were never used. */
abstract class TripwireScene {

    static final Duration WEEK = Duration.ofDays(7);
    static final Note DAEMON = Note.of(Actor.DAEMON);

    World world = new World();
    Instant acted = Instant.EPOCH;

    @BeforeEach
    void disabled() {
        disabled(Optional.of("remove"));
    }

    void disabled(Optional<String> then) {
        world.close();
        world = new World();
        world.job = holding(WEEK, then);
        seed();
        world.ready();
        world.run();
        acted = world.clock.instant();
    }

    void seed() {
        world.system.tellingUse().with("a", "old").with("b", "old").with("c", "old");
        Instant known = world.clock.instant().minus(Duration.ofDays(100));
        List.of("a", "b", "c").forEach(id -> world.system.used(id, new Use.NeverSince(known)));
    }

    @AfterEach
    void close() {
        world.close();
    }

    static Job holding(Duration duration, Optional<String> then) {
        return World.job(World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(duration, then)),
                Handover.LOCAL));
    }

    /** Somebody uses it now. */
    void use(String id) {
        world.system.used(id, new Use.At(world.clock.instant()));
    }

    Looked look() {
        return world.cleanup().look(Optional.empty());
    }

    /** What the daemon does once a minute. */
    List<Run> lookAndPutBack() {
        Cleanup cleanup = world.cleanup();
        return cleanup.putBack(cleanup.look(Optional.empty()), DAEMON);
    }

    List<Due> due() {
        return world.cleanup().due(world.files(), Optional.empty());
    }

    List<String> heldIds() {
        return world.held().stream().map(held -> held.ref().id()).toList();
    }

    Run first() {
        return Runs.all(world.journal).get(0);
    }
}
