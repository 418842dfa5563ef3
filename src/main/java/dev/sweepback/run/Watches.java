package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateJson;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Purpose;
import dev.sweepback.upgrade.UpgradeState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the checks of runs that are watched, and records how a watch ended. What is then to be taken back is in that entry. */
final class Watches {

    /** For so long after its time a watch is still looked at, where nobody could before. */
    private static final Duration GRACE = Duration.ofHours(24);

    private final Journal journal;
    private final Gate gate;
    private final Clock clock;

    Watches(Journal journal, Gate gate, Clock clock) {
        this.journal = journal;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Asks once for each run that is watched.
     *
     * @return the entries that end a watch
     */
    List<Entry> look(Loaded files, Note note) {
        List<Entry> ended = new ArrayList<>();
        EachOne each = new EachOne();
        for (Watch watch : Watch.open(journal)) {
            each.carefully(() -> look(watch, files, note).map(journal::append).ifPresent(ended::add));
        }
        each.end();
        return ended;
    }

    private Optional<Draft> look(Watch watch, Loaded files, Note note) {
        Instant now = clock.instant();
        Run run = watch.run();
        Optional<Terms> terms = Terms.of(files, run, journal);
        if (terms.isEmpty()) {
            return now.isBefore(watch.until().plus(GRACE))
                    ? Optional.empty()
                    : Optional.of(
                            end(run, "unknown", "the file of the job is gone or wrong: nothing could be asked", note));
        }
        if (terms.get().upgrade().state() != UpgradeState.SUCCEEDED) {
            return Optional.of(end(
                    run,
                    "ended",
                    "the upgrade is " + terms.get().upgrade().state().word(),
                    note));
        }
        if (!now.isBefore(watch.until().plus(GRACE))) {
            return Optional.of(end(
                    run,
                    "unknown",
                    "nobody has looked since before " + watch.until() + ": see yourself whether all is well",
                    note));
        }
        GateState checks = gate.checksAlone(new Question(
                terms.get().job(), terms.get().policy(), terms.get().upgrade(), Purpose.CLEANUP, journal, now));
        return checks.failures()
                .map(failures -> failed(run, terms.get(), failures, note))
                .or(() -> now.isBefore(watch.until()) ? Optional.empty() : Optional.of(over(run, checks, note)))
                .map(draft -> draft.data(
                        "gate",
                        GateJson.toJson(
                                run.job(), run.upgrade().map(Object::toString).orElse(""), checks)));
    }

    private Draft failed(Run run, Terms terms, String failures, Note note) {
        BackOut.OnCheckFailure what = terms.job().backOut().onCheckFailure();
        List<OperationId> operations = Wave.toTakeBack(run, what, journal);
        return BackingOut.owe(operations, end(run, "failed", "a check failed while it was watched: " + failures, note));
    }

    private static Draft over(Run run, GateState checks, Note note) {
        return checks.isOpen()
                ? end(run, "good", "watched to the end", note)
                : end(run, "unknown", "at the end of the watch: " + checks.reasons(), note);
    }

    private static Draft end(Run run, String result, String reason, Note note) {
        Draft draft = Draft.of(EntryType.RUN_WATCHED, note.actor())
                .run(run.id())
                .job(run.job())
                .plan(run.plan())
                .reason(reason)
                .data(Watch.RESULT, result);
        return run.upgrade().map(draft::upgrade).orElse(draft);
    }
}
