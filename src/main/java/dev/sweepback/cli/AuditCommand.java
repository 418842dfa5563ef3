package dev.sweepback.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = "What was done, by whom, and whether the record is whole.",
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable, Group {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Spec
    CommandSpec spec = CommandSpec.create();

    AuditCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public List<Object> commands() {
        return List.of(new AuditListCommand(outside), new AuditShowCommand(outside), new AuditVerifyCommand(outside));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing: list, show or verify");
    }
}
