package dev.sweepback.run;

import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Run;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.util.Optional;

/** What a cleanup is carried out under; an undo needs none. */
public record Terms(Job job, Policy policy, Upgrade upgrade) {

    /** No wave is larger than what may be begun in an hour. */
    int waveSize() {
        return Math.min(policy.waves().size(), policy.permits().maxPerHour().orElse(Integer.MAX_VALUE));
    }

    /** Those of a run as the files are now; empty if its job is not among them any more. */
    public static Optional<Terms> of(Loaded files, Run run, JournalReader journal) {
        Optional<Upgrade> upgrade = run.upgrade().flatMap(id -> Upgrades.find(journal, id));
        Optional<Job> job = Optional.ofNullable(files.jobs().get(run.job()));
        return upgrade.flatMap(known -> job.map(found -> new Terms(found, files.policyOf(found), known)));
    }
}
