package dev.sweepback.run;

import dev.sweepback.connector.Catalog;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Settings;
import dev.sweepback.journal.Journal;
import dev.sweepback.plan.Planner;
import java.time.Clock;

/** The parts that carry plans out, put together for one settings file. */
public final class Engine implements AutoCloseable {

    private final Systems systems;
    private final Planner planner;
    private final Roles roles;
    private final Runner runner;
    private final Recovery recovery;
    private final DuePlanner duePlanner;
    private final Tripwires tripwires;
    private final Watches watches;
    private final FailedTrips failedTrips;
    private final Prerequisites prerequisites;

    public Engine(
            Journal journal, Catalog catalog, Settings settings, Gate gate, Clock clock, Pause pause, StopSignal stop) {
        this.systems = new Systems(catalog, settings);
        this.planner = new Planner(settings, systems.readers(), journal, clock);
        this.roles = new Roles(settings.actors());
        this.runner = new Runner(journal, systems, planner, gate, roles, clock, pause, stop);
        this.recovery = new Recovery(journal, systems, clock, pause, stop);
        this.duePlanner = new DuePlanner(journal, systems.readers(), planner, clock);
        this.tripwires = new Tripwires(journal, systems.readers(), clock, stop);
        this.watches = new Watches(journal, gate, clock);
        this.failedTrips = new FailedTrips(journal, clock);
        this.prerequisites = new Prerequisites(journal, systems.readers());
    }

    public Planner planner() {
        return planner;
    }

    Roles roles() {
        return roles;
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

    Tripwires tripwires() {
        return tripwires;
    }

    Watches watches() {
        return watches;
    }

    FailedTrips failedTrips() {
        return failedTrips;
    }

    Prerequisites prerequisites() {
        return prerequisites;
    }

    @Override
    public void close() {
        systems.close();
    }
}
