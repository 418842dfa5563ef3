package dev.sweepback.cli;

import dev.sweepback.gate.GateState;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Pause;
import dev.sweepback.run.Terms;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.util.Objects;

/** What every beat of the demo stands on: the world, the files, and the product opened on them. */
final class DemoStage {

    static final UpgradeId UPGRADE = new UpgradeId(DtenScenario.UPGRADE);
    static final UpgradeId STAGING_UPGRADE = new UpgradeId(DtenScenario.STAGING_UPGRADE);

    final DemoWorld world;
    final Note note = Note.of(LocalActor.current());
    final Loaded files;
    final Job job;
    final DemoPromises promises = new DemoPromises();
    private final Outside outside;

    DemoStage(DemoWorld world, Outside real) {
        this(world, real, DemoWorld.JOB);
    }

    DemoStage(DemoWorld world, Outside real, String jobName) {
        this.world = world;
        this.outside = world.outside(real);
        this.files = Wiring.load(world.config(), outside);
        this.job = Objects.requireNonNull(
                files.jobs().get(jobName), () -> files.problems().toString());
    }

    Wiring open() {
        return open(outside.pause());
    }

    /** With another way to wait. */
    Wiring open(Pause pause) {
        Outside waiting = new Outside(
                outside.environment(),
                outside.clock(),
                pause,
                outside.out(),
                outside.err(),
                false,
                outside.http(),
                outside.journal());
        return Wiring.open(world.config(), world.home(), files.settings().orElseThrow(), waiting);
    }

    ActingLock lock() {
        return ActingLock.acquire(
                world.home(), "demo, process " + ProcessHandle.current().pid());
    }

    Plan makePlan(Wiring wiring, Readers readers) {
        return new Planner(wiring.settings(), readers, wiring.journal(), world.clock)
                .plan(job, files.policyOf(job), upgrade(wiring.journal()));
    }

    Terms terms(JournalReader journal) {
        return new Terms(job, files.policyOf(job), upgrade(journal));
    }

    GateState ask(Wiring wiring) {
        return wiring.gate(terms(wiring.journal()), Purpose.CLEANUP);
    }

    private static Upgrade upgrade(JournalReader journal) {
        return Upgrades.find(journal, UPGRADE).orElseThrow();
    }
}
