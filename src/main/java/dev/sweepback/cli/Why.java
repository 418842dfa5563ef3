package dev.sweepback.cli;

import dev.sweepback.journal.Note;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is recorded with every act. */
final class Why {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; recorded.")
    Optional<String> reason = Optional.empty();

    @Option(names = "--ticket", paramLabel = "ID", description = "Under which ticket; recorded.")
    Optional<String> ticket = Optional.empty();

    Note note() {
        return new Note(LocalActor.current(), reason, ticket);
    }
}
