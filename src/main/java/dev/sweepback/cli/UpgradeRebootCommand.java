package dev.sweepback.cli;

import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "reboot", description = "Confirm that the required reboot was done; nothing is removed before.")
final class UpgradeRebootCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Parameters(paramLabel = "ID", description = "Which upgrade.")
    String id = "";

    @Option(names = "--at", paramLabel = "TIME", description = "When it was done, if before now.")
    Optional<Instant> at = Optional.empty();

    UpgradeRebootCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        try (Wiring wiring = common.open(common.files(outside, console), outside)) {
            Upgrade known = Jobs.upgrade(wiring.journal(), id);
            UpgradeText.print(
                    new Upgrades(wiring.journal(), outside.clock()).rebooted(known.id(), at, why.note()), console);
        }
        return ExitCode.DONE.number();
    }
}
