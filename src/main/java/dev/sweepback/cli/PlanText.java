package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.GateState;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Durations;
import dev.sweepback.job.Step;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan for people. */
final class PlanText {

    private PlanText() {}

    static List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Plan " + plan.id() + ": " + title(plan));
        Table table = new Table("  ");
        plan.operations().forEach(operation -> row(table, operation));
        plan.kept().forEach(item -> row(table, "=", item));
        plan.blocked().forEach(item -> row(table, "!", item));
        plan.unclear().forEach(item -> row(table, "?", item));
        lines.addAll(table.lines());
        lines.add("Totals: " + Counted.text(plan.operations().size(), "operation") + ", "
                + plan.kept().size() + " kept, " + plan.blocked().size() + " blocked, "
                + plan.unclear().size() + " unclear");
        lines.add("Undo:   " + (plan.operations().isEmpty() ? "nothing to take back" : undo(plan)));
        plan.stopped().forEach(step -> lines.add("Stopped: step '" + step + "' does nothing: something is unclear"));
        plan.refusals()
                .forEach(refusal ->
                        lines.add("Refused: " + refusal.what() + " (" + refusal.guard() + "): " + refusal.remedy()));
        return lines;
    }

    static List<String> operations(List<PlannedOperation> operations) {
        Table table = new Table("  ");
        operations.forEach(operation -> row(table, operation));
        return table.lines();
    }

    private static String title(Plan plan) {
        String upgrade = plan.upgrade().map(id -> " after upgrade " + id).orElse("");
        String related = plan.relatesTo().map(id -> " of run " + id).orElse("");
        return switch (plan.purpose()) {
            case CLEANUP -> "cleanup by job " + plan.job() + upgrade;
            case DUE -> "what is due" + related + ", job " + plan.job() + upgrade;
            case UNDO -> "undo" + related + ", job " + plan.job() + upgrade;
        };
    }

    private static void row(Table table, PlannedOperation operation) {
        String lost = lost(operation);
        table.row(
                operation.sign(),
                operation.ref().kind(),
                named(operation.ref(), operation.name()),
                action(operation),
                operation.reversibility().word(),
                operation.reason() + lost);
    }

    private static String lost(PlannedOperation operation) {
        String fields = String.join(", ", operation.lost());
        if (operation.reversibility() == Reversibility.NONE) {
            return "; cannot be put back" + (fields.isEmpty() ? "" : ": " + fields);
        }
        return fields.isEmpty() ? "" : "; differs after undo: " + fields;
    }

    private static String action(PlannedOperation operation) {
        String action = operation.sign() == '+' ? "undo " + operation.action() : operation.action();
        return action + operation.quarantine().map(PlanText::quarantine).orElse("");
    }

    /** What comes after the action. */
    static String quarantine(Step.Quarantine quarantine) {
        String duration = Durations.print(quarantine.duration());
        return quarantine.then().map(then -> ", " + then + " after " + duration).orElse(", held for " + duration);
    }

    private static void row(Table table, String sign, Item item) {
        table.row(sign, item.ref().kind(), named(item.ref(), item.name()), "-", "-", item.reason());
    }

    /** The name, and the id where people know it under another. */
    static String named(ResourceRef ref, String name) {
        return name.isEmpty() || name.equals(ref.id()) ? ref.id() : name + " (" + ref.id() + ")";
    }

    private static String undo(Plan plan) {
        List<String> counts = new ArrayList<>();
        for (Reversibility reversibility : Reversibility.values()) {
            long count = plan.operations().stream()
                    .filter(operation -> operation.reversibility() == reversibility)
                    .count();
            if (count > 0) {
                counts.add(count + " " + reversibility.word());
            }
        }
        return String.join(", ", counts);
    }

    static List<String> gate(GateState state) {
        List<String> lines = new ArrayList<>();
        lines.add("Gate:   " + state.word()
                + state.retryAt().map(at -> ", try again at " + at).orElse(""));
        state.answers().stream()
                .filter(answer -> !answer.verdict().word().equals("open"))
                .forEach(answer -> lines.add(
                        "  " + answer.condition() + ": " + answer.verdict().reason()));
        return lines;
    }

    /** Whose word it needs before it can be carried out. */
    static List<String> approvals(Plan plan, Optional<Approvals> approvals, Console console) {
        return approvals
                .filter(unused ->
                        plan.refusals().isEmpty() && !plan.operations().isEmpty())
                .map(known -> List.of(
                        "Approval: " + known.text(),
                        "Approve it, by somebody else than who made it: " + console.complete(known.command())))
                .orElse(List.of());
    }

    static List<String> next(Plan plan, Common common) {
        if (!plan.refusals().isEmpty()) {
            return List.of("It would be refused: `run` does nothing with this plan, and ends with "
                    + ExitCode.REFUSED.number() + ".");
        }
        if (plan.operations().isEmpty() || plan.purpose() == Purpose.UNDO) {
            return List.of();
        }
        return List.of(
                "Run it: " + common.command("run " + plan.job() + " --plan " + plan.id()),
                "Afterwards, take it back: " + common.command("undo RUN") + " (the run says its id)");
    }
}
