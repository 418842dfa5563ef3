package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.gate.Enablement;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Verdict;
import dev.sweepback.job.Durations;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Count;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.sandbox.NearMiss;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Beats 1 to 4: what is there, when it may be removed, and what would be. */
final class DemoBefore {

    private final DemoStage stage;
    private final DemoText text;

    DemoBefore(DemoStage stage, DemoText text) {
        this.stage = stage;
        this.text = text;
    }

    void play() {
        try (Wiring wiring = stage.open()) {
            upgrade(wiring);
            leftBehind();
            gateClosed(wiring);
            gateOpen(wiring);
            plan(wiring);
        }
    }

    private void upgrade(Wiring wiring) {
        Upgrades upgrades = new Upgrades(wiring.journal(), stage.world.clock);
        stage.world.scenario.seedBefore();
        Instant start = stage.world.clock.instant();
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
    }

    private void leftBehind() {
        int all = stage.world.sandbox.dump().size();
        List<String> leftovers = stage.world.scenario.leftovers();
        text.beat(
                "1. %s went from %s to %s. What did it leave behind, among %d things in three systems?",
                DtenScenario.PACKAGE, DtenScenario.FROM_VERSION, DtenScenario.TO_VERSION, all);
        text.say("   %d leftovers: %s", leftovers.size(), DemoText.kinds(leftovers));
        text.say(
                "   %d look like it and are not:",
                stage.world.scenario.nearMisses().size());
        for (NearMiss miss : stage.world.scenario.nearMisses()) {
            text.say("     %s: %s", DemoText.shortName(miss.what()), miss.why());
        }
    }

    private void gateClosed(Wiring wiring) {
        GateState gate = stage.ask(wiring);
        text.beat("2. %s: the gate is %s", DemoText.minute(stage.world.clock.instant()), gate.word());
        gate.answers().stream()
                .filter(answer -> !(answer.verdict() instanceof Verdict.Open))
                .forEach(answer -> text.say(
                        "     %s: %s", answer.condition(), answer.verdict().reason()));
    }

    private void gateOpen(Wiring wiring) {
        stage.world.clock.moveOn(Duration.ofDays(8));
        stage.world.scenario.applicationsEvaluate();
        Keeps.keep(
                wiring.journal(),
                ResourceRef.parse("flag:unleash/" + DtenScenario.FLAG_KEPT_BY_HAND),
                stage.world.clock.instant().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.DAYS),
                new Note(stage.note.actor(), Optional.of("export team moves in March"), Optional.empty()));
        Enablement.enable(wiring.journal(), stage.job, DemoStage.UPGRADE, stage.note);
        GateState gate = stage.ask(wiring);
        text.beat("3. %s: the gate is %s", DemoText.minute(stage.world.clock.instant()), gate.word());
        gate.answers().stream()
                .filter(answer -> answer.condition().equals("enabled")
                        || answer.condition().equals("soak over"))
                .forEach(answer -> text.say(
                        "     %s: %s", answer.condition(), answer.verdict().reason()));
    }

    private void plan(Wiring wiring) {
        Plan plan = stage.makePlan(wiring);
        text.beat(
                "4. The plan: %d operations, nothing written yet",
                plan.operations().size());
        Map<String, List<PlannedOperation>> classes = new LinkedHashMap<>();
        plan.operations()
                .forEach(operation -> classes.computeIfAbsent(title(operation), key -> new ArrayList<>())
                        .add(operation));
        classes.forEach((title, operations) -> text.say(
                "     %s: %s%s",
                title.formatted(
                        operations.size(),
                        DemoText.plural(operations.get(0).ref().kind(), operations.size())),
                DemoText.clip(operations.get(0).name()),
                operations.size() > 1 ? ", …" : ""));
        plan.kept().forEach(item -> text.say("     = keep %s: %s", name(item), item.reason()));
        plan.blocked().forEach(item -> text.say("     ! blocked %s: %s", name(item), item.reason()));
        int rest = plan.populations().stream().mapToInt(Count::size).sum()
                - plan.operations().size()
                - plan.kept().size()
                - plan.blocked().size();
        text.say("     %d others were not selected", rest);
    }

    private static String title(PlannedOperation operation) {
        String then = operation
                .then()
                .map(next -> ", after %s %s".formatted(Durations.print(next.quarantine()), next.action()))
                .orElse("");
        return operation.sign() + " %d %s to " + operation.action() + then + " (undo: "
                + operation.reversibility().word() + ")";
    }

    private static String name(Item item) {
        return item.ref().kind() + " " + DemoText.clip(item.name());
    }
}
