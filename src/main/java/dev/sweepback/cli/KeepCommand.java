package dev.sweepback.cli;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Readers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "keep",
        description =
                "Say that a resource must be kept, until when and why; or, with --end, that it need not be any more.")
final class KeepCommand implements Callable<Integer> {

    /** Until when: one of the two must be given. */
    static final class Term {

        @Option(names = "--until", paramLabel = "DATE", description = "A date (its last instant in UTC), or a time.")
        Optional<String> until = Optional.empty();

        @Option(names = "--end", description = "End what was said before: it is kept no longer.")
        boolean end;
    }

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @ArgGroup(multiplicity = "1")
    Term term = new Term();

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; recorded, and shown wherever the resource is kept.")
    String reason = "";

    @Option(names = "--ticket", paramLabel = "ID", description = "Under which ticket; recorded.")
    Optional<String> ticket = Optional.empty();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RESOURCE", description = "flag:unleash/NAME, webhook:github/ID …")
    ResourceRef resource = new ResourceRef("kind", "connection", "id");

    KeepCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        if (reason.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "--reason is missing: it is shown wherever the resource is kept");
        }
        Note note = new Note(outside.actor(), Optional.of(reason), ticket);
        Optional<Instant> later = term.until.map(this::later);
        Instant until = later.orElseGet(outside.clock()::instant);
        try (Wiring wiring = common.open(common.files(outside, console), outside)) {
            if (later.isPresent()) {
                try (var readers = wiring.readers()) {
                    readers.connector(resource.connection(), resource.kind());
                    Keeps.keep(wiring.journal(), resource, until, note);
                    look(readers, wiring, until, note, console);
                }
            } else {
                refuseIfNotKept(wiring, until);
                Keeps.end(wiring.journal(), resource, until, note);
            }
        }
        if (console.isTable()) {
            console.line(resource + (later.isPresent() ? " is kept until " + until : " is kept no longer"));
        } else {
            console.data(JsonMapper.shared()
                    .createObjectNode()
                    .put("resource", resource.toString())
                    .put("until", until.toString())
                    .put("reason", reason)
                    .put("ended", later.isEmpty()));
        }
        return ExitCode.DONE.number();
    }

    /** It is recorded already, whatever the system says: what is to be kept may be about to come. */
    private void look(Readers readers, Wiring wiring, Instant until, Note note, Console console) {
        Capture found;
        try {
            found = readers.of(resource.connection(), resource.kind())
                    .capture(List.of(resource))
                    .get(0);
        } catch (ConnectorException e) {
            found = new Capture.Unknown(resource, e);
        }
        if (found instanceof Capture.Present present && !present.ref().equals(resource)) {
            Keeps.keep(wiring.journal(), present.ref(), until, note);
            console.say("its system calls it " + present.ref() + ": kept under that name");
        }
        if (found instanceof Capture.Absent) {
            console.say(
                    "warning: " + resource + " does not exist: recorded, but it keeps nothing; is it written right?");
        } else if (found instanceof Capture.Unknown unknown) {
            console.say("warning: recorded, without knowing whether " + resource + " exists: "
                    + unknown.error().getMessage());
        }
    }

    private Instant later(String until) {
        Instant end = Times.until("--until", until);
        if (!end.isAfter(outside.clock().instant())) {
            throw Failures.usage(
                    "usage",
                    "--until " + until + " has passed",
                    "--until",
                    "give a later date; to end what was said before: sweepback keep " + resource + " --end --reason …");
        }
        return end;
    }

    private void refuseIfNotKept(Wiring wiring, Instant now) {
        if (Keeps.read(wiring.journal()).objection(resource, now).isEmpty()) {
            throw Failures.usage(
                    "not-kept",
                    "nobody keeps " + resource + " at present",
                    resource.toString(),
                    "see what was said: sweepback explain " + resource);
        }
    }
}
