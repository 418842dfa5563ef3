package dev.sweepback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "connectors",
        description = "Print the reference of all connectors, in Markdown: kinds, actions, fields, permissions.")
final class ConnectorsCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    ConnectorsCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        common.console(outside).raw(Wiring.described(outside, ConnectorReference::markdown));
        return ExitCode.DONE.number();
    }
}
