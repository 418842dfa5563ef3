package dev.sweepback.cli;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Readers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "keep", description = "Say that a resource must be kept, until when and why.")
final class KeepCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RESOURCE", description = "flag:unleash/NAME, webhook:github/ID …")
    ResourceRef resource = new ResourceRef("kind", "connection", "id");

    @Option(
            names = "--until",
            required = true,
            paramLabel = "DATE",
            description = "A date (its last instant in UTC), or a time.")
    String until = "";

    KeepCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        if (why.reason.filter(reason -> !reason.isBlank()).isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--reason is missing: it is shown wherever the resource is kept");
        }
        Instant end = Times.until("--until", until);
        if (!end.isAfter(outside.clock().instant())) {
            throw Failures.usage("usage", "--until " + until + " has passed", "--until", "give a later date");
        }
        try (Wiring wiring = common.open(common.files(outside, console), outside)) {
            try (var readers = wiring.readers()) {
                readers.connector(resource.connection(), resource.kind());
                Keeps.keep(wiring.journal(), resource, end, why.note());
                warn(readers, console);
            }
        }
        if (console.isTable()) {
            console.line(resource + " is kept until " + end);
        } else {
            console.data(JsonMapper.shared()
                    .createObjectNode()
                    .put("resource", resource.toString())
                    .put("until", end.toString())
                    .put("reason", why.reason.get()));
        }
        return ExitCode.DONE.number();
    }

    /** It is recorded already, whatever the system says: what is to be kept may be about to come. */
    private void warn(Readers readers, Console console) {
        Capture found;
        try {
            found = readers.of(resource.connection(), resource.kind())
                    .capture(List.of(resource))
                    .get(0);
        } catch (ConnectorException e) {
            found = new Capture.Unknown(resource, e);
        }
        if (found instanceof Capture.Absent) {
            console.say(
                    "warning: " + resource + " does not exist: recorded, but it keeps nothing; is it written right?");
        } else if (found instanceof Capture.Unknown unknown) {
            console.say("warning: recorded, without knowing whether " + resource + " exists: "
                    + unknown.error().getMessage());
        }
    }
}
