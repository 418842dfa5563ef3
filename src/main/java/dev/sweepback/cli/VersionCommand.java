package dev.sweepback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "version", description = "The version.")
final class VersionCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    VersionCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        if (console.isTable()) {
            console.line(Main.version());
        } else {
            console.data(JsonMapper.shared().createObjectNode().put("version", Main.version()));
        }
        return ExitCode.DONE.number();
    }
}
