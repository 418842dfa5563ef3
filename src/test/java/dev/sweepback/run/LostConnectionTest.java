package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Instructions;
import dev.sweepback.job.Condition;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection, or a plan, that is not there any more holds up nothing else. */
class LostConnectionTest {

    private World world = new World();
    private final FakeSystem second = new FakeSystem(world.clock, "second", "gadget");
    private final List<Engine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        engines.forEach(Engine::close);
        world.close();
    }

    private static Connection connection(String name) {
        return new Connection(
                name,
                "fake",
                "production",
                java.net.URI.create("https://" + name + ".example.com"),
                Map.of(),
                Map.of(),
                1,
                Connection.Timeouts.DEFAULT);
    }

    private Cleanup with(String... names) {
        Map<String, Connection> connections = new HashMap<>();
        for (String name : names) {
            connections.put(name, connection(name));
        }
        Settings all = world.settings();
        Settings settings =
                new Settings(all.environment(), connections, all.store(), all.server(), all.clockSkew(), all.source());
        Engine engine = new Engine(
                world.journal,
                new Catalog(List.of(world.system, second)),
                settings,
                world.gate,
                world.clock,
                world.clock,
                new StopSignal());
        engines.add(engine);
        return new Cleanup(world.journal, engine, world.clock);
    }

    private Run ranOnBoth() {
        Step first = World.step("things", "archive");
        Step other = new Step(
                "gadgets",
                List.of(),
                "second",
                "gadget",
                Optional.of(Condition.compile(
                        "resource.group == 'old'", second.descriptor().fields())),
                "archive",
                Optional.empty(),
                Instructions.NONE);
        world.job = World.job(other, first);
        world.system.with("a", "old");
        second.with("b", "old");
        world.ready();
        return World.ran(with(FakeSystem.CONNECTION, "second").run(world.terms(), World.SOMEBODY));
    }

    @Test
    void undoPutsBackWhatTheOtherConnectionsHold() {
        Run run = ranOnBoth();

        Run undo = World.ran(with("second").undo(run, dev.sweepback.undo.Only.ALL, World.SOMEBODY));

        assertThat(World.outcomes(undo))
                .containsExactlyInAnyOrder(
                        "a failed: there is no connection 'fake' in sweepback.yaml; add it under connections in the"
                                + " settings again",
                        "b done");
        assertThat(undo.state()).isEqualTo(RunState.PARTIAL);
        assertThat(world.reread(run).state()).isNotEqualTo(RunState.UNDONE);
        assertThat(with("second").resume(world.files(), Optional.empty(), World.SOMEBODY))
                .isEmpty();
        World.ran(with("second", "fake").undo(run, dev.sweepback.undo.Only.ALL, World.SOMEBODY));
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void aPausedRunWhoseConnectionIsGoneEnds() {
        world.policy = World.waves(1);
        world.system.with(2, "a", "old");
        world.ready();
        world.system.beforeSend(world.stop::raise);
        Run run = world.run();

        with("second").resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.STOPPED);
        assertThat(world.reread(run).reason())
                .contains(
                        "changed since the plan was made: there is no connection 'fake' in sweepback.yaml; run the job again for a"
                                + " new one");
    }

    @Test
    void aLostPlanHoldsUpNeitherRecoveryNorTheOtherRuns() {
        List<String> lost = new ArrayList<>();
        world = new World(journal -> new RunnerTest.BrokenJournal(journal) {
            @Override
            public byte[] document(String reference) {
                if (lost.contains(reference)) {
                    throw new JournalException("document " + reference + " is missing");
                }
                return super.document(reference);
            }
        });
        world.policy = World.waves(1);
        world.system.with(2, "a", "old");
        world.ready();
        diesSending();
        lost.add(world.journal
                .read(Query.of(EntryType.PLAN_MADE).latest(1))
                .get(0)
                .data("plan")
                .orElseThrow());
        diesSending();

        Recovery.Settled settled = world.nextProcess().settle(World.SOMEBODY);
        List<RunAnswer> answers = world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(settled).isEqualTo(new Recovery.Settled(2, 1));
        assertThat(world.journal.read(Query.of(EntryType.OPERATION_UNSETTLED)))
                .singleElement()
                .matches(entry -> entry.reason().orElseThrow().contains("is missing"));
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0))
                .isInstanceOfSatisfying(
                        RunAnswer.Stale.class,
                        stale -> assertThat(stale.reason()).contains("cannot be gone on with", "is missing"));
        assertThat(answers.get(1)).isInstanceOf(RunAnswer.Ran.class);
    }

    private void diesSending() {
        world.system.beforeSend(() -> {
            throw new IllegalStateException("the process dies");
        });
        try {
            world.run();
        } catch (IllegalStateException expected) {
            world.system.beforeSend(() -> {});
        }
    }
}
