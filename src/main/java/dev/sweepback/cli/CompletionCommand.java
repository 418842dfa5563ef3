package dev.sweepback.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "completion", description = "A completion script for bash and zsh: source <(sweepback completion)")
final class CompletionCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    CompletionCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        common.console(outside).raw(AutoComplete.bash("sweepback", Cli.line(outside)));
        return ExitCode.DONE.number();
    }
}
