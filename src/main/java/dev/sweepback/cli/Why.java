package dev.sweepback.cli;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Note;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What is recorded with every act. */
final class Why {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded.")
    Optional<String> reason = Optional.empty();

    @Option(names = "--ticket", paramLabel = "ID", description = "Under which ticket; recorded.")
    Optional<String> ticket = Optional.empty();

    private Actor actor = LocalActor.current();

    /** Tells the acts of these commands, and of those below them, who types. */
    static void typedBy(Actor actor, CommandSpec command) {
        command.mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(Why.class::isInstance)
                .forEach(why -> ((Why) why).actor = actor);
        command.subcommands().values().forEach(below -> typedBy(actor, below.getCommandSpec()));
    }

    Note note() {
        return new Note(actor, reason, ticket);
    }
}
