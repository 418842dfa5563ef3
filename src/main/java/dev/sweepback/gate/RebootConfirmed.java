package dev.sweepback.gate;

import dev.sweepback.upgrade.Reboot;
import dev.sweepback.upgrade.Upgrade;
import java.util.Optional;

/** Where the upgrade requires a reboot, somebody confirmed that it was done: before it the old version may still run. */
final class RebootConfirmed implements GateCondition {

    @Override
    public String name() {
        return "rebooted";
    }

    @Override
    public Verdict ask(Question question) {
        Upgrade upgrade = question.upgrade();
        if (upgrade.rebootedAt().isPresent()) {
            return new Verdict.Open(
                    "confirmed for " + Left.minute(upgrade.rebootedAt().get()));
        }
        if (upgrade.reboot() == Reboot.REQUIRED) {
            return new Verdict.Closed(
                    "the upgrade requires a reboot that nobody has confirmed: reboot, then sweepback upgrade reboot "
                            + upgrade.id(),
                    Optional.empty());
        }
        return new Verdict.Open(
                upgrade.reboot() == Reboot.NONE ? "no reboot is asked for" : "a reboot is recommended only");
    }
}
