package dev.sweepback.gate;

import dev.sweepback.job.Job;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.util.List;

/** Which upgrades a job follows. */
public final class Matching {

    private Matching() {}

    /** All upgrades of the job's package and environment, oldest first. */
    public static List<Upgrade> upgrades(Job job, JournalReader journal) {
        return Upgrades.all(journal).stream()
                .filter(upgrade -> upgrade.packageName().equals(job.after().packageName())
                        && upgrade.environment().equals(job.after().environment()))
                .toList();
    }
}
