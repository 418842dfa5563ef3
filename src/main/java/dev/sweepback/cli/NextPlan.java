package dev.sweepback.cli;

import dev.sweepback.gate.LivePlans;
import dev.sweepback.gate.LivePlans.Live;
import dev.sweepback.job.Approval;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Terms;
import java.util.List;
import java.util.Optional;

/** The plan that is carried out next where none is named. */
final class NextPlan {

    private NextPlan() {}

    /**
     * Under a policy that asks for approvals the newest one that has them. Else one that is made now; where the very same waits
     * for approvals already, that one, so that what people have said counts.
     */
    static Plan of(Wiring wiring, Terms terms, Note note) {
        Optional<Approval> wanted = terms.policy().permits().approval();
        if (wanted.isEmpty()) {
            return PlanCommand.make(wiring, terms, note);
        }
        try (Readers readers = wiring.readers()) {
            Planner planner = new Planner(
                    wiring.settings(),
                    readers,
                    wiring.journal(),
                    wiring.outside().clock());
            List<Live> live = new LivePlans(
                            wiring.journal(),
                            wiring.roles(),
                            wiring.outside().clock().instant())
                    .cleanups(
                            terms.job(),
                            terms.upgrade().id(),
                            wanted.get(),
                            planner.basis(terms.job(), terms.policy(), terms.upgrade()));
            return live.stream()
                    .filter(one -> one.approvals().isEnough())
                    .map(Live::plan)
                    .findFirst()
                    .orElseGet(() -> make(planner, live, wiring, terms, note));
        }
    }

    private static Plan make(Planner planner, List<Live> live, Wiring wiring, Terms terms, Note note) {
        Plan fresh = planner.plan(terms.job(), terms.policy(), terms.upgrade());
        return live.stream()
                .map(Live::plan)
                .filter(plan -> plan.digest().equals(fresh.digest()))
                .findFirst()
                .orElseGet(() -> {
                    Plans.save(wiring.journal(), fresh, note);
                    return fresh;
                });
    }
}
