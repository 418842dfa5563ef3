package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Journal;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The upgrade of the demo, from its window to when it has completed, and that of staging before it. */
final class DemoUpgrade {

    private final DemoStage stage;

    DemoUpgrade(DemoStage stage) {
        this.stage = stage;
    }

    void play(Journal journal) {
        Upgrades upgrades = new Upgrades(journal, stage.world.clock);
        stage.world.scenario.seedBefore();
        Instant start = stage.world.clock.instant();
        staging(upgrades, start.minus(Duration.ofDays(2)));
        Window window = new Window(start, start.plus(DtenScenario.WINDOW), Duration.ofMinutes(30));
        upgrades.schedule(
                DemoStage.UPGRADE,
                DtenScenario.PACKAGE,
                DtenScenario.FROM_VERSION,
                DtenScenario.TO_VERSION,
                DtenScenario.ENVIRONMENT,
                window,
                stage.note);
        stage.world.clock.moveOn(Duration.ofMinutes(5));
        upgrades.move(DemoStage.UPGRADE, Move.START, Optional.empty(), stage.note);
        stage.world.clock.moveOn(Duration.ofMinutes(15));
        stage.world.scenario.duringWindow();
        stage.world.clock.moveOn(Duration.ofMinutes(70));
        upgrades.move(DemoStage.UPGRADE, Move.COMPLETE, Optional.empty(), stage.note);
        stage.world.clock.moveOn(Duration.ofMinutes(150));
        stage.world.scenario.afterWindow();
        ResourceRef hook = ResourceRef.parse("webhook:github/" + stage.world.scenario.stagingHook());
        upgrades.track(DemoStage.STAGING_UPGRADE, List.of(hook), stage.note);
    }

    /** The same upgrade in staging, two days earlier: it has soaked long since when that of production completes. */
    private void staging(Upgrades upgrades, Instant start) {
        upgrades.schedule(
                DemoStage.STAGING_UPGRADE,
                DtenScenario.PACKAGE,
                DtenScenario.FROM_VERSION,
                DtenScenario.TO_VERSION,
                DtenScenario.STAGING,
                new Window(start, start.plus(DtenScenario.WINDOW), Duration.ofMinutes(30)),
                stage.note);
        upgrades.move(DemoStage.STAGING_UPGRADE, Move.START, Optional.of(start), stage.note);
        upgrades.move(
                DemoStage.STAGING_UPGRADE, Move.COMPLETE, Optional.of(start.plus(DtenScenario.WINDOW)), stage.note);
    }
}
