package dev.sweepback.cli;

import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine.Held;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Due;
import dev.sweepback.run.DuePlanner;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What is due, said or only shown. */
final class DueShown {

    private DueShown() {}

    /** What would be removed and put back; nothing is done. */
    static ExitCode show(Wiring wiring, Loaded files, Optional<Job> job, Common common, Console console) {
        try (Readers readers = wiring.readers()) {
            Clock clock = wiring.outside().clock();
            Planner planner = new Planner(wiring.settings(), readers, wiring.journal(), clock);
            PutBack.sayWhatWouldBe(wiring, readers, job.map(Job::name), console);
            DuePlanner duePlanner = new DuePlanner(wiring.journal(), readers, planner, clock);
            List<Due> found = duePlanner.all(files, job.map(Job::name));
            ExitCode exit = leftOut(duePlanner.withoutJob(files), job, found, console);
            if (console.isTable()) {
                found.forEach(one -> PlanCommand.print(
                        one.plan(), wiring.gate(one.terms(), Purpose.DUE), Optional.empty(), common, console));
            } else {
                ArrayNode array = JsonMapper.shared().createArrayNode();
                found.forEach(one -> array.add(PlanCommand.toJson(one.plan(), wiring.gate(one.terms(), Purpose.DUE))));
                console.data(array);
            }
            return exit;
        }
    }

    /** What is due and cannot be planned is said; then the command must not end as if all were well. */
    static ExitCode leftOut(List<Held> all, Optional<Job> job, List<Due> found, Console console) {
        List<Held> without = job.isPresent() ? List.of() : all;
        for (Held held : without) {
            console.say(held.operation().ref() + " is due since " + held.dueAt() + " and stays: job '"
                    + held.run().job() + "' of run " + held.run().id()
                    + " is in no file without problems; correct its file, or take the run back");
        }
        if (found.isEmpty() && without.isEmpty()) {
            console.say("nothing is due");
        }
        if (!without.isEmpty()) {
            return ExitCode.USAGE;
        }
        return found.stream().anyMatch(Due::isUnclear) ? ExitCode.PARTLY : ExitCode.DONE;
    }
}
