package dev.sweepback.cli;

import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.upgrade.Upgrade;
import java.util.List;

/** Says at once whose gate a stated time keeps shut: later it would cost a soak. */
final class StatedAdvice {

    private StatedAdvice() {}

    static void say(Upgrade upgrade, Loaded files, Console console) {
        List<String> refusing = files.jobs().values().stream()
                .filter(job -> follows(job, upgrade))
                .filter(job -> !files.policyOf(job).permits().acceptsStatedTimes())
                .map(job -> job.name() + " (policy " + files.policyOf(job).name() + ")")
                .toList();
        if (!upgrade.stated().isEmpty() && !refusing.isEmpty()) {
            console.say("warning: a time that is stated by --at keeps the gate shut of " + String.join(", ", refusing)
                    + "; where it is to count, the policy says 'statedTimes: accept'");
        }
    }

    private static boolean follows(Job job, Upgrade upgrade) {
        return job.after().packageName().equals(upgrade.packageName())
                && job.after().environment().equals(upgrade.environment());
    }
}
