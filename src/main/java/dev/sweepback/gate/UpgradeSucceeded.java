package dev.sweepback.gate;

import dev.sweepback.job.Job;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeState;
import java.util.Optional;

/** The upgrade is the job's own (package and environment), and it succeeded. */
final class UpgradeSucceeded implements GateCondition {

    @Override
    public String name() {
        return "upgrade succeeded";
    }

    @Override
    public Verdict ask(Question question) {
        Upgrade upgrade = question.upgrade();
        Job.After after = question.job().after();
        if (!upgrade.environment().equals(after.environment())) {
            return new Verdict.Closed(
                    "upgrade '" + upgrade.id() + "' was of environment " + upgrade.environment() + ", the job is for "
                            + after.environment(),
                    Optional.empty());
        }
        if (!upgrade.packageName().equals(after.packageName())) {
            return new Verdict.Closed(
                    "upgrade '" + upgrade.id() + "' was of package " + upgrade.packageName() + ", the job follows "
                            + after.packageName(),
                    Optional.empty());
        }
        if (upgrade.state() != UpgradeState.SUCCEEDED) {
            return new Verdict.Closed(
                    "upgrade '" + upgrade.id() + "' is " + upgrade.state().word(), Optional.empty());
        }
        return new Verdict.Open(upgrade.from() + " to " + upgrade.to() + " completed "
                + Left.minute(upgrade.completedAt().orElseThrow()));
    }
}
