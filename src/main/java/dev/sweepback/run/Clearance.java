package dev.sweepback.run;

import dev.sweepback.connector.Reversibility;
import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.ApprovalsJson;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Approval;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import java.time.Clock;
import java.util.Optional;

/**
 * What people must have said and typed before a plan is carried out. Asked of the record in the same commit that begins the run, so
 * that no approval is used twice and none that was taken back meanwhile. What is due rests on the run that it continues.
 *
 * @param wanted whose word it needs
 * @param environment what a person must have typed, if the plan does what cannot be put back
 * @param typed what a person has typed
 */
record Clearance(
        Plan plan,
        Optional<Approval> wanted,
        Optional<String> environment,
        Optional<String> typed,
        Roles roles,
        Clock clock) {

    /** In the entry that begins a run: the environment's name, as a person has typed it. */
    private static final String CONFIRMED = "confirmed";

    /** Of a cleanup, or of what is due. */
    static Clearance of(Plan plan, Terms terms, Optional<String> typed, Roles roles, Clock clock) {
        boolean confirms = terms.policy().permits().confirmsEnvironment()
                && plan.operations().stream().anyMatch(operation -> operation.reversibility() == Reversibility.NONE);
        return new Clearance(
                plan,
                terms.policy().permits().approval(),
                confirms ? Optional.of(terms.upgrade().environment()) : Optional.empty(),
                typed,
                roles,
                clock);
    }

    /** Why it is not begun; empty if nothing is missing. */
    Optional<RunAnswer> missing(JournalReader journal) {
        return notApproved(journal).or(() -> notConfirmed(journal));
    }

    /** The part of it that is about approvals. */
    Optional<RunAnswer> notApproved(JournalReader journal) {
        if (wanted.isEmpty() || plan.operations().isEmpty()) {
            return Optional.empty();
        }
        if (plan.purpose() == Purpose.DUE) {
            boolean covered = !continued(journal)
                    .map(run -> run.dataNode(ApprovalsJson.APPROVED_BY).isEmpty())
                    .orElse(true);
            return covered ? Optional.empty() : Optional.of(notCovered());
        }
        Approvals approvals = read(journal, wanted.get());
        return approvals.isEnough() ? Optional.empty() : Optional.of(RunAnswer.NotApproved.of(plan, approvals));
    }

    private RunAnswer notCovered() {
        String run = plan.relatesTo().map(Object::toString).orElse("RUN");
        return new RunAnswer.NotApproved(
                plan.id(),
                "run " + run
                        + " was begun without an approval, which the policy requires now: nothing of it is removed",
                "take it back: sweepback undo " + run + "; or let the policy require none",
                Optional.empty());
    }

    /** The part of it that is about what a person types. */
    Optional<RunAnswer> notConfirmed(JournalReader journal) {
        if (environment.isEmpty() || typed.equals(environment)) {
            return Optional.empty();
        }
        boolean covered = plan.purpose() == Purpose.DUE
                && continued(journal).flatMap(run -> run.data(CONFIRMED)).equals(environment);
        String command = plan.purpose() == Purpose.DUE ? "run --due" : "run " + plan.job() + " --plan " + plan.id();
        return covered
                ? Optional.empty()
                : Optional.of(new RunAnswer.NotConfirmed(
                        "plan " + plan.id()
                                + " does what cannot be put back, and nobody has typed the name of the environment",
                        "look at it, then type it on a terminal: sweepback " + command));
    }

    private Optional<Entry> continued(JournalReader journal) {
        return plan.relatesTo()
                .flatMap(run -> journal.first(Query.of(EntryType.RUN_STARTED).run(run)));
    }

    private Approvals read(JournalReader journal, Approval approval) {
        return Approvals.read(journal, plan.id(), approval, roles, clock.instant());
    }

    /** Records what the run rests on, in the entry that begins it. */
    Draft addTo(Draft started, JournalReader journal) {
        Draft draft = started;
        if (wanted.isPresent() && !plan.operations().isEmpty() && plan.purpose() != Purpose.DUE) {
            draft = draft.data(ApprovalsJson.APPROVED_BY, ApprovalsJson.words(read(journal, wanted.get())));
        }
        return environment.isPresent() && typed.equals(environment) ? draft.data(CONFIRMED, environment.get()) : draft;
    }
}
