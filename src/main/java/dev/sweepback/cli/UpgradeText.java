package dev.sweepback.cli;

import dev.sweepback.job.Durations;
import dev.sweepback.upgrade.Reboot;
import dev.sweepback.upgrade.Stated;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeJson;

/** An upgrade for people, or as data. */
final class UpgradeText {

    private UpgradeText() {}

    static void print(Upgrade upgrade, Console console) {
        if (!console.isTable()) {
            console.data(UpgradeJson.whole(upgrade));
            return;
        }
        Table table = new Table("");
        table.row("upgrade", upgrade.id());
        table.row("state", upgrade.state().word());
        table.row(
                "package",
                upgrade.packageName() + " " + upgrade.from() + " -> " + upgrade.to() + " in " + upgrade.environment());
        table.row(
                "window",
                upgrade.window().start() + " to " + upgrade.window().end() + ", then "
                        + Durations.print(upgrade.window().buffer()) + " of buffer");
        upgrade.startedAt().ifPresent(at -> table.row("started", at + stated(upgrade, Stated.Time.STARTED)));
        upgrade.completedAt().ifPresent(at -> table.row("completed", at + stated(upgrade, Stated.Time.COMPLETED)));
        if (upgrade.reboot() != Reboot.NONE || upgrade.rebootedAt().isPresent()) {
            table.row(
                    "reboot",
                    upgrade.reboot().word()
                            + upgrade.rebootedAt()
                                    .map(at -> ", confirmed for " + at)
                                    .orElse(", not confirmed"));
        }
        upgrade.verified()
                .ifPresent(checked -> table.row(
                        "verified",
                        checked.at() + ", signed by " + checked.signer() + " (sha256 " + checked.signerSha256() + ")"));
        upgrade.tracked().stream().map(Object::toString).sorted().forEach(ref -> table.row("tracked", ref));
        console.lines(table.lines());
    }

    private static String stated(Upgrade upgrade, Stated.Time time) {
        return upgrade.isStated(time) ? " (stated)" : "";
    }
}
