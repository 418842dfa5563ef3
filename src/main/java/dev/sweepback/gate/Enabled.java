package dev.sweepback.gate;

import dev.sweepback.job.Job;
import dev.sweepback.journal.Entry;
import java.util.Optional;

/** A release manager enabled this very job file for this upgrade, or the job starts by itself. */
final class Enabled implements GateCondition {

    @Override
    public String name() {
        return "enabled";
    }

    @Override
    public Verdict ask(Question question) {
        Job job = question.job();
        Optional<Entry> enabled = Enablement.last(
                question.journal(), job.name(), question.upgrade().id());
        String command = "sweepback enable " + job.name() + " --upgrade "
                + question.upgrade().id();
        if (enabled.isPresent()) {
            if (!enabled.get().data("jobDigest").orElse("").equals(job.source().sha256())) {
                return new Verdict.Closed(
                        "the job file has changed since it was enabled: see the difference and enable it again: "
                                + command,
                        Optional.empty());
            }
            return new Verdict.Open("by " + enabled.get().actor().name() + " at "
                    + Left.minute(enabled.get().time()));
        }
        if (job.start() == Job.Start.AUTOMATIC) {
            return new Verdict.Open("the job starts by itself");
        }
        return new Verdict.Closed("not enabled for this upgrade: " + command, Optional.empty());
    }
}
