package dev.sweepback.cli;

import dev.sweepback.connector.HandedOver;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.job.Counted;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.run.HandedOverJson;
import dev.sweepback.run.ResumeAt;
import dev.sweepback.run.RunJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A run for people. */
final class RunText {

    private RunText() {}

    static List<String> lines(Run run, Common common) {
        List<String> lines = new ArrayList<>();
        boolean undo = run.isUndo();
        lines.add("Run " + run.id() + ": " + run.state().word()
                + run.reason().map(reason -> " (" + reason + ")").orElse(""));
        lines.add("  job " + run.job()
                + run.upgrade().map(id -> ", upgrade " + id).orElse("")
                + run.undoOf().map(id -> ", takes back run " + id).orElse(""));
        RunJson.cause(run).ifPresent(cause -> lines.add("  by itself: " + cause));
        lines.add("  done " + run.count(Outcome.DONE, Outcome.ALREADY) + ", failed "
                + run.count(Outcome.FAILED, Outcome.FOREIGN, Outcome.PARTLY, Outcome.NOT_DONE) + ", skipped "
                + run.count(Outcome.SKIPPED) + ", conflicts " + run.count(Outcome.CONFLICT) + ", unsettled "
                + run.open().size());
        Table table = new Table("  ");
        run.operations().stream()
                .filter(operation -> undo || !operation.succeeded())
                .forEach(operation -> row(table, operation, undo));
        lines.addAll(table.lines());
        boolean something = run.operations().stream().anyMatch(OperationRecord::succeeded);
        run.finished()
                .flatMap(finished -> finished.data("again")
                        .map(again -> "  "
                                + Counted.text(finished.dataNode("waiting").asInt(0), "kept thing")
                                + " to be looked at again from " + again
                                + " on: by serve, or by running the job again"))
                .ifPresent(lines::add);
        RunJson.blocked(run)
                .ifPresent(count -> lines.add("  nothing was done, with " + Counted.text(count, "thing")
                        + " blocked: the job is not done for this upgrade, and is planned again"));
        ResumeAt.of(run)
                .ifPresent(until -> lines.add("  gone on with from " + until.instant() + ": by serve, or by "
                        + common.command(GoingOn.command(run))));
        run.finished()
                .flatMap(finished -> finished.data("watchUntil"))
                .ifPresent(until -> lines.add("  its checks are asked until " + until + ": by serve, or each time by "
                        + common.command("run --due")));
        if (!handedOver(run.operations()).isEmpty()) {
            lines.add(
                    "Fetch what was left in time: its `wrapping_token` gives the credential once, with `vault unwrap`");
        }
        if (undo && run.operations().stream().anyMatch(RunJson::isImpossible)) {
            lines.add("What cannot be put back stays as it is: to try again is of no use");
        }
        if (undo && run.operations().stream().anyMatch(RunText::mayBeTriedAgain)) {
            lines.add(
                    "What failed stays as it is, and no quarantine holds it: nothing watches it or removes it by itself. Try again: "
                            + common.command(GoingOn.command(run)));
        }
        if (!undo && something) {
            lines.add("  undo: " + undo(run));
            lines.add("Take it back: " + common.command("undo " + run.id()));
        }
        return lines;
    }

    private static boolean mayBeTriedAgain(OperationRecord operation) {
        return operation.outcome().filter(Outcome.FAILED::equals).isPresent() && !RunJson.isImpossible(operation);
    }

    private static void row(Table table, OperationRecord operation, boolean undo) {
        String word = undo
                ? RunJson.result(operation)
                : operation.outcome().map(Outcome::word).orElse("unsettled");
        List<String> said = new ArrayList<>();
        List<String> differs = RunJson.differs(operation);
        if (!differs.isEmpty()) {
            said.add("differs: " + String.join(", ", differs));
        }
        HandedOverJson.of(operation).ifPresent(handedOver -> said.add(text(handedOver)));
        operation.end().or(operation::lookFailed).flatMap(Entry::reason).ifPresent(said::add);
        table.row(
                word,
                operation.ref().kind(),
                PlanText.named(operation.ref(), operation.name()),
                String.join("; ", said));
    }

    /** Where undos that were gone on with left credentials: they can be fetched for a time only. */
    static void sayHandedOver(List<Run> wentOn, Console console) {
        wentOn.forEach(run -> handedOver(run.operations()).forEach(line -> console.say("  " + line)));
    }

    /** A line for each credential that an undo left somewhere. */
    static List<String> handedOver(Collection<OperationRecord> reverts) {
        return reverts.stream()
                .flatMap(operation -> HandedOverJson.of(operation).stream()
                        .map(handedOver -> PlanText.named(operation.ref(), operation.name()) + ": " + text(handedOver)))
                .toList();
    }

    private static String text(HandedOver handedOver) {
        return "left at " + handedOver.place()
                + handedOver.until().map(until -> " until " + until).orElse("");
    }

    private static String undo(Run run) {
        List<String> counts = new ArrayList<>();
        for (Reversibility reversibility : Reversibility.values()) {
            long count =
                    RunJson.toJson(run).path("undo").path(reversibility.word()).asLong();
            if (count > 0) {
                counts.add(count + " " + reversibility.word());
            }
        }
        return String.join(", ", counts);
    }

    static ExitCode exit(Run run, boolean stopped) {
        if (stopped) {
            return ExitCode.INTERRUPTED;
        }
        if (run.count(Outcome.CONFLICT) > 0 || run.operations().stream().anyMatch(RunJson::isImpossible)) {
            return ExitCode.CONFLICT;
        }
        return switch (run.state()) {
            case SUCCEEDED, UNDONE -> ExitCode.DONE;
            case PAUSED -> ExitCode.GATE_CLOSED;
            case STOPPED ->
                run.reason()
                                .filter(reason ->
                                        reason.startsWith("changed since") || reason.startsWith("the plan is older"))
                                .isPresent()
                        ? ExitCode.STALE
                        : ExitCode.PARTLY;
            case RUNNING, PARTIAL, FAILED, REFUSED, UNSETTLED -> ExitCode.PARTLY;
        };
    }
}
