package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.job.Counted;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlanJson;
import dev.sweepback.plan.Purpose;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The entries that begin, pause, go on with and end runs. */
final class RunRecords {

    private static final Logger LOG = LoggerFactory.getLogger(RunRecords.class);

    private final Journal journal;
    private final Clock clock;

    RunRecords(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    boolean isUsed(Plan plan) {
        return isUsed(journal, plan);
    }

    private static boolean isUsed(JournalReader reader, Plan plan) {
        return reader.first(Query.of(EntryType.RUN_STARTED).plan(plan.id())).isPresent();
    }

    static Draft started(Plan plan, RunId id, Note note) {
        ArrayNode populations = JsonMapper.shared().createArrayNode();
        plan.populations().forEach(count -> populations.add(PlanJson.count(count)));
        Draft draft = note.on(Draft.of(EntryType.RUN_STARTED, note.actor()))
                .run(id)
                .plan(plan.id())
                .job(plan.job())
                .data("purpose", plan.purpose().word())
                .data("digest", plan.digest())
                .data("populations", populations);
        draft = plan.upgrade().map(draft::upgrade).orElse(draft);
        if (plan.relatesTo().isPresent()) {
            String key = plan.purpose() == Purpose.UNDO ? "undoOf" : "continues";
            draft = draft.data(key, plan.relatesTo().get().value());
        }
        return draft;
    }

    /**
     * Begins it, decided and recorded at once.
     *
     * @param drafts that of the beginning, and what goes with it
     * @return why it was not begun; empty if it was
     */
    Optional<RunAnswer> begin(Plan plan, RunId id, Clearance clearance, List<Draft> drafts) {
        List<RunAnswer> refusals = new ArrayList<>();
        journal.decide(reader -> {
            refusals.clear();
            Optional<RunAnswer> refusal = isUsed(reader, plan) ? Optional.of(used(plan)) : clearance.missing(reader);
            refusal.ifPresent(refusals::add);
            return refusal.isPresent() ? List.of() : cleared(drafts, clearance, reader);
        });
        if (!refusals.isEmpty()) {
            return Optional.of(refusals.get(0));
        }
        LOG.info(
                "run {} of job {} begins: {}",
                id,
                plan.job(),
                Counted.text(plan.operations().size(), "operation"));
        return Optional.empty();
    }

    private static List<Draft> cleared(List<Draft> drafts, Clearance clearance, JournalReader reader) {
        List<Draft> cleared = new ArrayList<>(drafts);
        cleared.set(0, clearance.addTo(drafts.get(0), reader));
        return cleared;
    }

    static RunAnswer used(Plan plan) {
        return new RunAnswer.Stale("plan " + plan.id() + " has been used: a plan is carried out once");
    }

    Run of(RunId id) {
        return Run.find(journal, id).orElseThrow();
    }

    Run resumed(Run run, Note note) {
        journal.append(note.on(onRun(EntryType.RUN_RESUMED, run, note)));
        return reread(run);
    }

    /** With the time until which its systems ask to wait. */
    Run paused(Run run, String reason, PutOff putOff, Note note) {
        Draft paused = note.on(onRun(EntryType.RUN_PAUSED, run, note)).reason(reason);
        journal.append(putOff.first()
                .map(wait -> paused.data(ResumeAt.KEY, wait.until().toString()))
                .orElse(paused));
        return reread(run);
    }

    /** Ends a run that was carried out to its end. */
    Run finished(Run run, Plan plan, Optional<Terms> terms, Note note) {
        Draft draft =
                Watch.begin(terms.map(Terms::job), run, clock.instant(), finished(run, Results.ended(run, plan), note));
        return end(
                run,
                plan.purpose() == Purpose.CLEANUP
                        ? AllBlocked.after(plan, run, journal)
                                .addTo(LookedAtAgain.after(plan, run).addTo(draft))
                        : draft);
    }

    /** Ends a run that is not gone on with, and of which these operations are to be taken back. */
    Run backedOut(Run run, String reason, List<OperationId> operations, Note note) {
        return end(
                run,
                BackingOut.owe(operations, finished(run, RunState.STOPPED, note).reason(reason)));
    }

    /** Ends a run that is not gone on with; what it did is watched. */
    Run brokenOff(Run run, String reason, Optional<Terms> terms, Note note) {
        return end(
                run,
                Watch.begin(
                        terms.map(Terms::job),
                        run,
                        clock.instant(),
                        finished(run, RunState.STOPPED, note).reason(reason)));
    }

    /** Ends a run that is not gone on with, as it is to be taken back. */
    Run stopped(Run run, String reason, Note note) {
        return end(run, finished(run, RunState.STOPPED, note).reason(reason));
    }

    private static Draft finished(Run run, RunState state, Note note) {
        Draft draft = onRun(EntryType.RUN_FINISHED, run, note)
                .data("state", state.word())
                .data("purpose", run.purpose());
        return run.undoOf().isPresent()
                ? draft.data("undoOf", run.undoOf().get().value())
                : draft;
    }

    private Run end(Run run, Draft finished) {
        Entry entry = journal.append(finished);
        LOG.info(
                "run {} of job {} ended: {}",
                run.id(),
                run.job(),
                entry.data("state").orElse(""));
        return reread(run);
    }

    private static Draft onRun(EntryType type, Run run, Note note) {
        Draft draft = Draft.of(type, note.actor()).run(run.id()).job(run.job()).plan(run.plan());
        return run.upgrade().map(draft::upgrade).orElse(draft);
    }

    private Run reread(Run run) {
        return of(run.id());
    }
}
