package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.RollBack;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeState;
import dev.sweepback.upgrade.Upgrades;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sweepback upgrade rollback}: a step that a pipeline can wait for. */
@Command(
        name = "rollback",
        description = {
            "Say that it is rolled back: nothing more is removed, and what was removed for it is put back, newest first.",
            "Until then it is rolling_back. serve puts it back by itself; without it --wait does.",
            "What somebody has changed since is left alone (exit code 7)."
        })
final class UpgradeRollBackCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Mixin
    Consent consent = new Consent("see before what would be put back: sweepback history");

    @Parameters(paramLabel = "ID", description = "Which upgrade.")
    String id = "";

    @Option(names = "--at", paramLabel = "TIME", description = "When it was rolled back, if before now.")
    Optional<Instant> at = Optional.empty();

    @Option(
            names = "--wait",
            description = "Return once all is put back; does it, where no daemon does. May be repeated.")
    boolean wait;

    UpgradeRollBackCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        try (Wiring wiring = common.open(files, outside)) {
            Upgrade known = Jobs.upgrade(wiring.journal(), id);
            Upgrades upgrades = new Upgrades(wiring.journal(), outside.clock());
            if (!wait || !isBegun(known)) {
                known = upgrades.move(known.id(), Move.ROLL_BACK, at, why.note());
            }
            if (!wait) {
                UpgradeText.print(known, console);
                sayWhatIsLeft(known, files, wiring, console);
                return ExitCode.DONE.number();
            }
        }
        return new RollBackWait(new UpgradeId(id), files, consent, why, common, outside, console).call();
    }

    private static boolean isBegun(Upgrade upgrade) {
        return upgrade.state() == UpgradeState.ROLLING_BACK || upgrade.state() == UpgradeState.ROLLED_BACK;
    }

    private void sayWhatIsLeft(Upgrade upgrade, Loaded files, Wiring wiring, Console console) {
        if (upgrade.state() != UpgradeState.ROLLING_BACK) {
            return;
        }
        RollBack state = RollBack.of(upgrade.id(), files, wiring.journal());
        for (RollBack.Part part : state.left()) {
            Run run = part.run();
            console.say(
                    switch (part.how()) {
                        case AUTO -> "run " + run.id() + " of job " + run.job() + " is taken back by itself";
                        case ASK ->
                            "run " + run.id() + " of job " + run.job()
                                    + " is taken back once a person says so: --wait asks, and --yes says it";
                        case NONE -> "run " + run.id() + " of job " + run.job() + " stays, as the job says";
                    });
        }
        console.say("by serve, or now: sweepback upgrade rollback " + upgrade.id() + " --wait");
    }
}
