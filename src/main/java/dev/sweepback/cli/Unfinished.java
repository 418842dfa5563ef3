package dev.sweepback.cli;

import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The runs that have not come to their end: how far they came, and what goes on with them. */
final class Unfinished {

    private final List<Run> runs;
    private final JournalReader journal;
    private final Common common;

    private Unfinished(List<Run> runs, JournalReader journal, Common common) {
        this.runs = runs;
        this.journal = journal;
        this.common = common;
    }

    /** @throws JournalException if that cannot be read */
    static Unfinished in(JournalReader journal, Common common) {
        return new Unfinished(Run.interrupted(journal), journal, common);
    }

    /** The commands that go on with them. */
    List<String> commands() {
        return runs.stream()
                .map(GoingOn::command)
                .distinct()
                .map(common::command)
                .toList();
    }

    /** What to say when nothing more can be recorded, as on a full disk: what is done, what is open, and that nothing is lost. */
    static Failure brokenOff(JournalException cause, JournalReader journal, Common common) {
        try {
            return in(journal, common).running().brokenOff(cause);
        } catch (JournalException unreadable) {
            return failure(
                    cause,
                    "how far it came cannot be read now either",
                    "once that is put right, see what is open: " + common.command("status"));
        }
    }

    private Unfinished running() {
        return new Unfinished(
                runs.stream().filter(run -> run.state() == RunState.RUNNING).toList(), journal, common);
    }

    private Failure brokenOff(JournalException cause) {
        if (runs.isEmpty()) {
            return failure(cause, "no run was left unfinished", "once that is put right, type it again");
        }
        return failure(
                cause,
                runs.stream().map(this::text).collect(Collectors.joining("; ")),
                "nothing is lost: what is done is recorded, and what is open was recorded with its snapshot before it was"
                        + " sent; once that is put right, go on, which looks at what is open first: "
                        + String.join(" and ", commands()));
    }

    private static Failure failure(JournalException cause, String where, String remedy) {
        return new Failure(ExitCode.FAILURE, "journal", String.valueOf(cause.getMessage()), where, remedy);
    }

    private String text(Run run) {
        long done = run.count(Outcome.DONE, Outcome.ALREADY);
        long open = run.open().size();
        List<String> counts = new ArrayList<>(List.of(done + " done", open + " open"));
        long otherwise = run.operations().size() - done - open;
        if (otherwise > 0) {
            counts.add(otherwise + " failed or skipped");
        }
        Plans.find(journal, run.plan()).ifPresent(plan -> counts.add(notBegun(run, plan) + " not begun"));
        return "run " + run.id() + " (" + run.purpose() + ", job " + run.job() + ") was broken off: "
                + String.join(", ", counts);
    }

    private static long notBegun(Run run, Plan plan) {
        return plan.operations().stream()
                .filter(operation -> run.operation(operation.id()).isEmpty())
                .count();
    }
}
