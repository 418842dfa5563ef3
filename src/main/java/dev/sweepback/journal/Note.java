package dev.sweepback.journal;

import java.util.Optional;

/** Who acts, why, and under which ticket: recorded on every act. */
public record Note(Actor actor, Optional<String> reason, Optional<String> ticket) {

    public static Note of(Actor actor) {
        return new Note(actor, Optional.empty(), Optional.empty());
    }

    public Draft on(Draft draft) {
        Draft noted = reason.map(draft::reason).orElse(draft);
        return ticket.map(noted::ticket).orElse(noted);
    }
}
