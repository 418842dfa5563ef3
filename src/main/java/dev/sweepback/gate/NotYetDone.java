package dev.sweepback.gate;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Purpose;
import java.util.Optional;

/**
 * A job runs once for an upgrade: after a run that succeeded, or after an undo, it must be enabled again. So nothing that was
 * put back is removed a second time unasked.
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
        Optional<Entry> ended = question
                .journal()
                .read(Query.of(EntryType.RUN_FINISHED)
                        .job(question.job().name())
                        .upgrade(question.upgrade().id())
                        .latest(0))
                .stream()
                .filter(NotYetDone::needsEnablingAgain)
                .findFirst();
        if (ended.isEmpty()) {
            return new Verdict.Open("not run to the end for this upgrade");
        }
        long enabled = Enablement.last(
                        question.journal(),
                        question.job().name(),
                        question.upgrade().id())
                .map(Entry::seq)
                .orElse(0L);
        if (enabled > ended.get().seq()) {
            return new Verdict.Open("enabled again after the last run");
        }
        boolean undo =
                ended.get().data("purpose").filter(Purpose.UNDO.word()::equals).isPresent();
        return new Verdict.Closed(
                (undo ? "it was undone by run " : "done by run ")
                        + ended.get().run().orElseThrow()
                        + " (to run it once more: sweepback enable "
                        + question.job().name() + " --upgrade "
                        + question.upgrade().id() + ")",
                Optional.empty());
    }

    private static boolean needsEnablingAgain(Entry finished) {
        String purpose = finished.data("purpose").orElse("");
        String state = finished.data("state").orElse("");
        boolean undone = purpose.equals(Purpose.UNDO.word());
        return undone || (purpose.equals(Purpose.CLEANUP.word()) && state.equals("succeeded"));
    }
}
