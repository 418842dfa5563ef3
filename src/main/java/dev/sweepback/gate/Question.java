package dev.sweepback.gate;

import dev.sweepback.job.Job;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.plan.Purpose;
import dev.sweepback.upgrade.Upgrade;
import java.time.Instant;

/**
 * May this job act now for this upgrade?
 *
 * @param next how many operations are to be begun next; 0 where that is not known
 */
public record Question(
        Job job, Policy policy, Upgrade upgrade, Purpose purpose, JournalReader journal, Instant now, int next) {

    /** Where it is not known how much is to be done. */
    public Question(Job job, Policy policy, Upgrade upgrade, Purpose purpose, JournalReader journal, Instant now) {
        this(job, policy, upgrade, purpose, journal, now, 0);
    }
}
