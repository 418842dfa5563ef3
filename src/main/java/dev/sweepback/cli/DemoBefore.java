package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.gate.Enablement;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Matching;
import dev.sweepback.gate.Verdict;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Count;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Readers;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.time.Duration;
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

    DemoNearMisses play() {
        try (Wiring wiring = stage.open()) {
            new DemoUpgrade(stage).play(wiring.journal());
            DemoNearMisses nearMisses = new DemoNearMisses(stage, text);
            leftBehind(nearMisses);
            gateClosed(wiring);
            plan(gateOpen(wiring), wiring, nearMisses);
            return nearMisses;
        }
    }

    private void leftBehind(DemoNearMisses nearMisses) {
        int all = stage.world.sandbox.dump().size();
        List<String> leftovers = stage.world.scenario.leftovers();
        text.beat(
                "1. %s went from %s to %s. What did it leave behind, among %d things in three systems?",
                DtenScenario.PACKAGE, DtenScenario.FROM_VERSION, DtenScenario.TO_VERSION, all);
        text.say("   %d leftovers: %s", leftovers.size(), DemoText.kinds(leftovers));
        nearMisses.introduce();
    }

    private void gateClosed(Wiring wiring) {
        stage.world.sandbox.dten().hybridWhile(() -> false);
        GateState gate = stage.ask(wiring);
        text.beat("2. %s: the gate is %s", DemoText.minute(stage.world.clock.instant()), gate.word());
        gate.answers().stream()
                .filter(answer -> !(answer.verdict() instanceof Verdict.Open))
                .forEach(answer -> text.say(
                        "     %s: %s", answer.condition(), answer.verdict().reason()));
        stage.promises.require(!gate.isOpen(), "the gate is closed during the soak");
        stage.promises.require(gate.failures().isPresent(), "the check tells that hybrid mode is off");
        List<Upgrade> followed = Matching.upgrades(stage.job, wiring.journal());
        Upgrades.all(wiring.journal()).stream()
                .filter(upgrade -> !followed.contains(upgrade))
                .forEach(upgrade -> text.say(
                        "     %s %s in %s on %s, and opens nothing: the job follows %s",
                        upgrade.id(),
                        upgrade.state().word(),
                        upgrade.environment(),
                        DemoText.minute(upgrade.completedAt().orElseThrow()),
                        stage.job.after().environment()));
        stage.promises.require(
                followed.stream().map(Upgrade::id).toList().equals(List.of(DemoStage.UPGRADE)),
                "the upgrade of another environment opens nothing");
    }

    /** @return the plan, which has its approval */
    private Plan gateOpen(Wiring wiring) {
        stage.world.clock.moveOn(Duration.ofDays(8));
        stage.world.sandbox.dten().hybridWhile(() -> true);
        stage.world.scenario.applicationsEvaluate();
        Keeps.keep(
                wiring.journal(),
                ResourceRef.parse("flag:unleash/" + DtenScenario.FLAG_KEPT_BY_HAND),
                stage.world.clock.instant().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.DAYS),
                new Note(stage.note.actor(), Optional.of("export team moves in March"), Optional.empty()));
        Enablement.enable(wiring.journal(), stage.job, DemoStage.UPGRADE, stage.note);
        GateState gate = stage.ask(wiring);
        text.beat("3. %s: the gate is %s", DemoText.minute(stage.world.clock.instant()), gate.word());
        stage.promises.require(gate.isOpen(), "the gate is open after the soak, once enabled");
        gate.answers().stream()
                .filter(answer -> isShown(answer.condition()))
                .forEach(answer -> text.say(
                        "     %s: %s", answer.condition(), answer.verdict().reason()));
        try (Readers readers = wiring.readers()) {
            Plan plan = stage.makePlan(wiring, readers);
            new DemoApproval(stage, text).approve(wiring, plan, stage.terms(wiring.journal()));
            return plan;
        }
    }

    private boolean isShown(String condition) {
        return condition.equals("enabled")
                || condition.equals("soak over")
                || stage.job.checks().stream().anyMatch(check -> check.name().equals(condition));
    }

    private void plan(Plan plan, Wiring wiring, DemoNearMisses nearMisses) {
        try (Readers readers = wiring.readers()) {
            DemoCounts counts = new DemoCounts(stage.world.sandbox);
            text.beat(
                    "4. The plan: %d operations; of %d requests that the systems have counted, %d wrote",
                    plan.operations().size(), counts.requests(), counts.writes());
            stage.promises.require(counts.writes() == 0, "planning writes nothing");
            say(plan);
            rest(plan, nearMisses.explain(plan, readers));
        }
    }

    private void say(Plan plan) {
        Map<PlanClass, List<PlannedOperation>> classes = new LinkedHashMap<>();
        plan.operations()
                .forEach(operation -> classes.computeIfAbsent(PlanClass.of(operation), key -> new ArrayList<>())
                        .add(operation));
        classes.forEach((title, operations) -> text.say(
                "     %s: %s%s",
                title.of(operations.size()),
                DemoText.clip(operations.get(0).name()),
                operations.size() > 1 ? ", …" : ""));
        plan.kept().forEach(item -> text.say("     = keep %s: %s", name(item), item.reason()));
        plan.blocked().forEach(item -> text.say("     ! blocked %s: %s", name(item), item.reason()));
    }

    private void rest(Plan plan, int named) {
        int rest = plan.populations().stream().mapToInt(Count::size).sum()
                - plan.operations().size()
                - plan.kept().size()
                - plan.blocked().size()
                - named;
        text.say("     %d others were not selected", rest);
    }

    /** What a plan does with one kind of thing, in one line. */
    private record PlanClass(char sign, String kind, String action, String undo) {

        static PlanClass of(PlannedOperation operation) {
            String then = operation.quarantine().map(PlanText::quarantine).orElse("");
            return new PlanClass(
                    operation.sign(),
                    operation.ref().kind(),
                    operation.action() + then,
                    operation.reversibility().word());
        }

        String of(int count) {
            return "%s %d %s to %s (undo: %s)".formatted(sign, count, DemoText.plural(kind, count), action, undo);
        }
    }

    private static String name(Item item) {
        return item.ref().kind() + " " + DemoText.clip(item.name());
    }
}
