package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.upgrade.Upgrades;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "track", description = "Say what was created for an upgrade; conditions see it as resource.tracked.")
final class UpgradeTrackCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Parameters(index = "0", paramLabel = "ID", description = "Which upgrade.")
    String id = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "RESOURCE",
            description = "flag:unleash/NAME, webhook:github/ID, lease:vault/LEASE_ID …")
    List<ResourceRef> resources = new ArrayList<>();

    UpgradeTrackCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        try (Wiring wiring = common.open(common.files(outside, console), outside)) {
            try (var readers = wiring.readers()) {
                resources.forEach(ref -> readers.connector(ref.connection(), ref.kind()));
            }
            var known = Jobs.upgrade(wiring.journal(), id);
            UpgradeText.print(
                    new Upgrades(wiring.journal(), outside.clock()).track(known.id(), resources, why.note()), console);
        }
        return ExitCode.DONE.number();
    }
}
