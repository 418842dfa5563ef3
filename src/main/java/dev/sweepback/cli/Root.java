package dev.sweepback.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sweepback",
        description = "Post-upgrade cleanup that can be taken back.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 failure, 2 something to do (plan --exit-code), 3 partly done, 4 gate closed,",
            "5 refused by a guardrail, 6 plan stale or not approved, 7 undo conflict or not possible,",
            "8 audit verification failed, 64 wrong usage or an invalid file, 130 interrupted."
        })
final class Root implements Runnable {

    @Mixin
    Common common = new Common();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-V", "--version"},
            description = "Print the version.")
    boolean version;

    @Override
    public void run() {
        if (version) {
            spec.commandLine().getOut().println(Main.version());
            return;
        }
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
