package dev.sweepback.run;

import dev.sweepback.connector.Catalog;
import dev.sweepback.gate.Gate;
import dev.sweepback.job.Settings;
import dev.sweepback.journal.Journal;
import dev.sweepback.plan.Planner;
import java.time.Clock;

/** The parts that carry plans out, put together for one settings file. */
public final class Engine implements AutoCloseable {

    private final Systems systems;
    private final Planner planner;
    private final Runner runner;
    private final Recovery recovery;
    private final DuePlanner duePlanner;

    public Engine(
            Journal journal, Catalog catalog, Settings settings, Gate gate, Clock clock, Pause pause, StopSignal stop) {
        this.systems = new Systems(catalog, settings);
        this.planner = new Planner(settings, systems.readers(), journal, clock);
        this.runner = new Runner(journal, systems, planner, gate, clock, pause, stop);
        this.recovery = new Recovery(journal, systems, clock, pause, stop);
        this.duePlanner = new DuePlanner(journal, systems.readers(), planner, clock);
    }

    public Planner planner() {
        return planner;
    }

    Runner runner() {
        return runner;
    }

    Recovery recovery() {
        return recovery;
    }

    DuePlanner duePlanner() {
        return duePlanner;
    }

    @Override
    public void close() {
        systems.close();
    }
}
