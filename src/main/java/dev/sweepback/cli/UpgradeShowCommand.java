package dev.sweepback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "One upgrade, with what was tracked for it.")
final class UpgradeShowCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "ID", description = "Which upgrade.")
    String id = "";

    UpgradeShowCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        try (Wiring wiring = common.openToRead(common.files(outside, console), outside, console)) {
            UpgradeText.print(Jobs.upgrade(wiring.journal(), id), console);
        }
        return ExitCode.DONE.number();
    }
}
