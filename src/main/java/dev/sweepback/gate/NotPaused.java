package dev.sweepback.gate;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import java.util.Optional;

/** Nobody has paused the job, or everything, since the job was last enabled. */
final class NotPaused implements GateCondition {

    @Override
    public String name() {
        return "not paused";
    }

    @Override
    public Verdict ask(Question question) {
        String job = question.job().name();
        Optional<Entry> paused = question
                .journal()
                .read(Query.of(EntryType.JOB_PAUSED).latest(0))
                .stream()
                .filter(entry -> entry.job().map(job::equals).orElse(true))
                .findFirst();
        if (paused.isEmpty()) {
            return new Verdict.Open("nobody paused it");
        }
        long enabled = question.journal()
                .first(Query.of(EntryType.JOB_ENABLED).job(job).latest(1))
                .map(Entry::seq)
                .orElse(0L);
        if (enabled > paused.get().seq()) {
            return new Verdict.Open("enabled after the last pause");
        }
        String why = paused.get().reason().map(reason -> ": " + reason).orElse("");
        boolean everything = paused.get().job().isEmpty();
        return new Verdict.Closed(
                (everything ? "everything was paused by " : "paused by ")
                        + paused.get().actor().name() + " at "
                        + Left.minute(paused.get().time()) + why + " (ends" + (everything ? " for this job" : "")
                        + " with: sweepback enable " + job + ")",
                Optional.empty());
    }
}
