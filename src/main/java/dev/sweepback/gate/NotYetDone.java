package dev.sweepback.gate;

import dev.sweepback.job.Counted;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job runs once for an upgrade: after a run that succeeded, or after an undo, it must be enabled again. So nothing that was
 * put back is removed a second time unasked. What a run kept for a time alone is not done: the same enabling covers another run
 * once that time has come. Nor is a job done by a run that did nothing because guards blocked what it selected.
 */
final class NotYetDone implements GateCondition {

    @Override
    public String name() {
        return "not yet done";
    }

    @Override
    public Verdict ask(Question question) {
        if (question.purpose() != Purpose.CLEANUP) {
            return new Verdict.Open("does not apply to what is due");
        }
        List<Entry> ended = question
                .journal()
                .read(Query.of(EntryType.RUN_STARTED, EntryType.RUN_FINISHED)
                        .job(question.job().name())
                        .upgrade(question.upgrade().id())
                        .latest(0))
                .stream()
                .filter(NotYetDone::needsEnablingAgain)
                .toList();
        if (ended.isEmpty()) {
            return new Verdict.Open("not run to the end for this upgrade");
        }
        long enabled = Enablement.last(
                        question.journal(),
                        question.job().name(),
                        question.upgrade().id())
                .map(Entry::seq)
                .orElse(0L);
        if (enabled > ended.get(0).seq()) {
            return new Verdict.Open("enabled again after the last run");
        }
        // A run that a tripwire has overtaken may end after the undo of a part of it.
        return ended.stream()
                .filter(entry -> entry.seq() > enabled && isUndo(entry))
                .findFirst()
                .map(undo -> undone(undo, enable(question)))
                .orElseGet(() -> done(ended.get(0), question));
    }

    private static Verdict undone(Entry undo, String enable) {
        return new Verdict.Closed(
                "it was undone by run " + undo.run().orElseThrow() + " (to run it once more: " + enable + ")",
                Optional.empty());
    }

    private static String enable(Question question) {
        return "sweepback enable " + question.job().name() + " --upgrade "
                + question.upgrade().id();
    }

    private static Verdict done(Entry ended, Question question) {
        String run = ended.run().orElseThrow().value();
        String enable = enable(question);
        Optional<Instant> again = ended.data("again").map(Instant::parse);
        if (again.isEmpty()) {
            return new Verdict.Closed(
                    "done by run " + run + " (to run it once more: " + enable + ")", Optional.empty());
        }
        int waiting = ended.dataNode("waiting").asInt(0);
        if (question.now().isBefore(again.get())) {
            return new Verdict.Closed(
                    "done by run " + run + "; from " + Left.minute(again.get()) + " on "
                            + Counted.text(waiting, "thing") + " that it kept will be looked at again"
                            + " (to run it before: " + enable + ")",
                    again);
        }
        return new Verdict.Open(
                "run " + run + " kept " + Counted.text(waiting, "thing") + " for a time, which is over for the first");
    }

    /** From its beginning on. */
    private static boolean isUndo(Entry entry) {
        return entry.data("purpose").filter(Purpose.UNDO.word()::equals).isPresent();
    }

    private static boolean needsEnablingAgain(Entry entry) {
        return isUndo(entry) || Done.by(entry);
    }
}
