package dev.sweepback.gate;

import dev.sweepback.job.Approval;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Basis;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The recorded plans that wait for approvals, or have them: neither used nor rejected, overtaken or stale. */
public final class LivePlans {

    /** One of them, and whose word it has. */
    public record Live(Plan plan, Approvals approvals) {

        /** From when on it is too old. */
        public Instant staleAt() {
            return plan.madeAt().plus(Plan.MAX_AGE).plusSeconds(1);
        }
    }

    private final JournalReader journal;
    private final Roles roles;
    private final Instant now;

    public LivePlans(JournalReader journal, Roles roles, Instant now) {
        this.journal = journal;
        this.roles = roles;
        this.now = now;
    }

    /**
     * Those of cleanup, whoever made them, newest first. What was planned before the last cleanup began is overtaken by it.
     *
     * @param basis what a plan would rest on now
     */
    public List<Live> cleanups(Job job, UpgradeId upgrade, Approval wanted, Basis basis) {
        long began = journal
                .read(Query.of(EntryType.RUN_STARTED)
                        .job(job.name())
                        .upgrade(upgrade)
                        .latest(0))
                .stream()
                .filter(LivePlans::isCleanup)
                .findFirst()
                .map(Entry::seq)
                .orElse(0L);
        return journal
                .read(Query.of(EntryType.PLAN_MADE)
                        .job(job.name())
                        .upgrade(upgrade)
                        .from(now.minus(Plan.MAX_AGE))
                        .after(began)
                        .latest(0))
                .stream()
                .filter(made -> isCleanup(made) && isOpen(made))
                .flatMap(made -> plan(made).stream())
                .filter(plan -> plan.refusals().isEmpty()
                        && plan.staleAgainst(basis, now).isEmpty())
                .map(plan -> live(plan, wanted))
                .toList();
    }

    /** Those of undo that do exactly this, newest first; what is not approved yet is not older than a day. */
    public List<Live> undos(Plan same, Approval wanted) {
        return journal.read(Query.of(EntryType.PLAN_MADE).job(same.job()).latest(0)).stream()
                .filter(made -> made.data(Approvals.DIGEST)
                        .filter(same.digest()::equals)
                        .isPresent())
                .filter(made -> isOpen(made) && !isUsed(made))
                .flatMap(made -> plan(made).stream())
                .map(plan -> live(plan, wanted))
                .filter(this::counts)
                .toList();
    }

    /** The newest undo of each run that somebody has asked for under a policy that asks for approvals. */
    public List<Live> undosOf(Job job, Approval wanted) {
        return journal
                .read(Query.of(EntryType.PLAN_MADE)
                        .job(job.name())
                        .from(now.minus(Plan.MAX_AGE))
                        .latest(0))
                .stream()
                .filter(made ->
                        made.data("purpose").filter(Purpose.UNDO.word()::equals).isPresent())
                .filter(made -> isOpen(made) && !isUsed(made))
                .flatMap(made -> plan(made).stream())
                .map(plan -> live(plan, wanted))
                .filter(this::counts)
                .toList();
    }

    private boolean counts(Live live) {
        return live.approvals().isEnough()
                || (now.isBefore(live.staleAt()) && !live.plan().isAheadOf(now));
    }

    private Live live(Plan plan, Approval wanted) {
        return new Live(plan, Approvals.read(journal, plan.id(), wanted, roles, now));
    }

    private static boolean isCleanup(Entry entry) {
        return entry.data("purpose").filter(Purpose.CLEANUP.word()::equals).isPresent();
    }

    /** Worth a word, and not rejected. */
    private boolean isOpen(Entry made) {
        PlanId id = made.plan().orElseThrow();
        return made.dataNode("totals").path("operations").asInt(0) > 0
                && journal.first(Query.of(EntryType.PLAN_REJECTED).plan(id)).isEmpty();
    }

    private boolean isUsed(Entry made) {
        return journal.first(Query.of(EntryType.RUN_STARTED).plan(made.plan().orElseThrow()))
                .isPresent();
    }

    /** One that is lost waits for nothing. */
    private Optional<Plan> plan(Entry made) {
        try {
            return Plans.find(journal, made.plan().orElseThrow());
        } catch (JournalException lost) {
            return Optional.empty();
        }
    }
}
