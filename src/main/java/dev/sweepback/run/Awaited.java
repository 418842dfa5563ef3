package dev.sweepback.run;

import dev.sweepback.gate.Enablement;
import dev.sweepback.gate.LivePlans;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Approval;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Purpose;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The plan that a job waits with for approvals, so that none is made again and again: one that is approved is carried out, one that
 * is not is waited for. After a rejection nothing is planned by itself before the job is enabled again.
 */
record Awaited(JournalReader journal, Planner planner, Roles roles, Clock clock) {

    /** Empty if a plan is to be made. */
    Optional<RunAnswer> answer(Terms terms, Approval wanted, Function<Plan, RunAnswer> carryOut) {
        List<LivePlans.Live> live = new LivePlans(journal, roles, clock.instant())
                .cleanups(
                        terms.job(),
                        terms.upgrade().id(),
                        wanted,
                        planner.basis(terms.job(), terms.policy(), terms.upgrade()));
        Optional<LivePlans.Live> approved =
                live.stream().filter(one -> one.approvals().isEnough()).findFirst();
        if (approved.isPresent()) {
            return approved.map(one -> carryOut.apply(one.plan()));
        }
        return live.stream()
                .findFirst()
                .<RunAnswer>map(one -> RunAnswer.NotApproved.of(one.plan(), one.approvals()))
                .or(() -> rejected(terms));
    }

    private Optional<RunAnswer> rejected(Terms terms) {
        long enabled = Enablement.last(
                        journal, terms.job().name(), terms.upgrade().id())
                .map(Entry::seq)
                .orElse(0L);
        return journal
                .read(Query.of(EntryType.PLAN_REJECTED)
                        .job(terms.job().name())
                        .upgrade(terms.upgrade().id())
                        .after(enabled)
                        .latest(0))
                .stream()
                .filter(this::isCleanup)
                .findFirst()
                .map(rejection -> new RunAnswer.NotApproved(
                        rejection.plan().orElseThrow(),
                        "plan " + rejection.plan().orElseThrow() + " was rejected by "
                                + rejection.actor().name()
                                + rejection
                                        .reason()
                                        .map(reason -> " (" + reason + ")")
                                        .orElse("")
                                + ": no other is made by itself before the job is enabled again",
                        "sweepback enable " + terms.job().name() + " --upgrade "
                                + terms.upgrade().id(),
                        Optional.empty()));
    }

    private boolean isCleanup(Entry rejection) {
        return journal.first(Query.of(EntryType.PLAN_MADE).plan(rejection.plan().orElseThrow()))
                .flatMap(made -> made.data("purpose"))
                .filter(Purpose.CLEANUP.word()::equals)
                .isPresent();
    }
}
