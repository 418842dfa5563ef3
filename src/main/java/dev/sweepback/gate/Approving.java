package dev.sweepback.gate;

import dev.sweepback.gate.ApprovalRefused.Kind;
import dev.sweepback.job.Approval;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Records what people say to a plan, decided on the newest state of the record. */
public final class Approving {

    private final Journal journal;
    private final Roles roles;
    private final Clock clock;

    public Approving(Journal journal, Roles roles, Clock clock) {
        this.journal = journal;
        this.roles = roles;
        this.clock = clock;
    }

    /**
     * Says yes to this very plan, for a time.
     *
     * @param wanted whose word its policy asks for
     * @param stale why the plan can no longer be carried out, by the record as it is then
     * @throws ApprovalRefused if the word would not count
     */
    public Entry approve(
            Plan plan, Optional<Approval> wanted, Function<JournalReader, Optional<String>> stale, Note note) {
        Approval approval = wanted(plan, wanted);
        return journal.decide(reader -> List.of(approval(reader, plan, approval, stale, note)))
                .get(0);
    }

    /**
     * Says no, for good. Who made the plan may withdraw it so.
     *
     * @throws ApprovalRefused as {@link #approve}
     */
    public Entry reject(
            Plan plan, Optional<Approval> wanted, Function<JournalReader, Optional<String>> stale, Note note) {
        Approval approval = wanted(plan, wanted);
        return journal.decide(reader -> {
                    refuseWhatIsOver(reader, plan, stale);
                    Optional<String> role = isPlanner(reader, plan, note.actor())
                            ? Optional.empty()
                            : Optional.of(role(note.actor(), approval));
                    Draft draft = draft(EntryType.PLAN_REJECTED, plan, note);
                    return List.of(role.map(found -> draft.data("role", found)).orElse(draft));
                })
                .get(0);
    }

    private Draft approval(
            JournalReader reader,
            Plan plan,
            Approval wanted,
            Function<JournalReader, Optional<String>> stale,
            Note note) {
        refuseWhatIsOver(reader, plan, stale);
        if (!plan.refusals().isEmpty()) {
            throw new ApprovalRefused(
                    Kind.REFUSED,
                    "a guardrail refuses plan " + plan.id() + ", so that it cannot be carried out: "
                            + plan.refusals().get(0).what(),
                    plan.refusals().get(0).remedy());
        }
        String role = role(note.actor(), wanted);
        if (isPlanner(reader, plan, note.actor())) {
            throw new ApprovalRefused(
                    Kind.NOT_ALLOWED,
                    "plan " + plan.id() + " was made by " + Roles.person(note.actor())
                            + ", and who makes a plan does not approve it",
                    "ask somebody else with the role " + role);
        }
        Instant now = clock.instant();
        Approvals before = Approvals.read(reader, plan.id(), wanted, roles, now);
        before.of(note.actor()).ifPresent(word -> {
            throw new ApprovalRefused(
                    Kind.TWICE,
                    word.actor().name() + " has approved plan " + plan.id() + " already, until " + word.expiresAt()
                            + "; nothing was recorded",
                    before.isEnough()
                            ? "it has all the approvals that it needs"
                            : before.text() + ": ask somebody else");
        });
        return draft(EntryType.PLAN_APPROVED, plan, note)
                .data("role", role)
                .data(Approvals.EXPIRES_AT, now.plus(wanted.expiresAfter()).toString());
    }

    private static Draft draft(EntryType type, Plan plan, Note note) {
        Draft draft = note.on(Draft.of(type, note.actor()))
                .plan(plan.id())
                .job(plan.job())
                .data(Approvals.DIGEST, plan.digest());
        return plan.upgrade().map(draft::upgrade).orElse(draft);
    }

    private static Approval wanted(Plan plan, Optional<Approval> wanted) {
        String what = switch (plan.purpose()) {
            case CLEANUP -> "the policy of job " + plan.job() + " asks for none";
            case DUE ->
                "what is due is covered by the approval of the run that it continues"
                        + plan.relatesTo().map(run -> ", " + run).orElse("");
            case UNDO -> "the policy of job " + plan.job() + " asks for none for an undo";
        };
        boolean nothing = plan.operations().isEmpty();
        return wanted.filter(unused -> plan.purpose() != Purpose.DUE && !nothing)
                .orElseThrow(() -> new ApprovalRefused(
                        Kind.NOT_NEEDED,
                        "plan " + plan.id() + " needs no approval: " + (nothing ? "it does nothing" : what),
                        nothing ? "" : "see `sweepback plan` and `sweepback run`"));
    }

    private static void refuseWhatIsOver(
            JournalReader reader, Plan plan, Function<JournalReader, Optional<String>> stale) {
        reader.first(Query.of(EntryType.RUN_STARTED).plan(plan.id())).ifPresent(run -> {
            throw new ApprovalRefused(
                    Kind.STALE,
                    "plan " + plan.id() + " has been used, by run "
                            + run.run().map(Object::toString).orElse("") + ": a plan is carried out once",
                    again(plan));
        });
        reader.first(Query.of(EntryType.PLAN_REJECTED).plan(plan.id())).ifPresent(no -> {
            throw new ApprovalRefused(
                    Kind.STALE,
                    "plan " + plan.id() + " was rejected by " + no.actor().name()
                            + no.reason().map(reason -> " (" + reason + ")").orElse("") + ", which is final",
                    again(plan));
        });
        stale.apply(reader).ifPresent(why -> {
            throw new ApprovalRefused(
                    Kind.STALE, "plan " + plan.id() + " cannot be carried out any more: " + why, again(plan));
        });
    }

    private static String again(Plan plan) {
        return "make a new plan: sweepback "
                + (plan.purpose() == Purpose.UNDO
                        ? "undo " + plan.relatesTo().map(Object::toString).orElse("RUN")
                        : "plan " + plan.job());
    }

    private static boolean isPlanner(JournalReader reader, Plan plan, Actor actor) {
        return reader.first(Query.of(EntryType.PLAN_MADE).plan(plan.id()))
                .filter(made -> Approvals.isPlanner(actor, made))
                .isPresent();
    }

    private String role(Actor actor, Approval wanted) {
        return roles.counting(actor, wanted.roles())
                .orElseThrow(() -> new ApprovalRefused(
                        Kind.NOT_ALLOWED,
                        actor.name() + " has no role that counts: the policy asks for "
                                + String.join(" or ", wanted.roles()),
                        "who has it says so; the settings give it: actors: {\"" + Roles.person(actor) + "\": ["
                                + wanted.roles().get(0) + "]}"));
    }
}
