package dev.sweepback.upgrade;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Note;
import java.time.Instant;
import java.util.Optional;

/**
 * What another system said of an upgrade, once it is known that it was that system.
 *
 * @param sender how it is called: {@code github}
 * @param event the sender's own id of what happened: the same one a second time is the same event
 * @param upgrade as the sender wrote it; it may be no id at all
 * @param environment where it happened, if the sender tells
 * @param at when it happened, as the sender says: noted, and nothing follows from it
 */
public record Signal(
        String sender,
        String event,
        String upgrade,
        Optional<String> environment,
        Move move,
        Optional<Instant> at,
        Optional<String> reason,
        Optional<String> ticket) {

    /** Unique among all senders; as it is recorded. */
    String recordedEvent() {
        return sender + ":" + event;
    }

    Note note() {
        return new Note(new Actor("signal:" + sender, true), reason, ticket);
    }
}
