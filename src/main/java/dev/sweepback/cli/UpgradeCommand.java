package dev.sweepback.cli;

import dev.sweepback.upgrade.Move;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "upgrade", description = "Tell Sweepback about upgrades.", synopsisSubcommandLabel = "COMMAND")
final class UpgradeCommand implements Runnable, Group {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Spec
    CommandSpec spec = CommandSpec.create();

    UpgradeCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public List<Object> commands() {
        return List.of(
                new UpgradeScheduleCommand(outside),
                new UpgradeMoveCommand.Start(outside),
                new UpgradeMoveCommand.Complete(outside),
                new UpgradeMoveCommand.Fail(outside),
                new UpgradeRollBackCommand(outside),
                new UpgradeRebootCommand(outside),
                new UpgradeVerifyCommand(outside),
                new UpgradeTrackCommand(outside),
                new UpgradeListCommand(outside),
                new UpgradeShowCommand(outside));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing: schedule, " + Move.START.word() + ", …");
    }
}
