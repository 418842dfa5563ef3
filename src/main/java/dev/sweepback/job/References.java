package dev.sweepback.job;

import dev.sweepback.connector.Handover;
import java.util.Optional;

/** Reads references that {@link Format} found no fault with. */
final class References {

    private References() {}

    static Handover handover(String text) {
        String rest = text.substring(text.indexOf(':') + 1);
        int slash = rest.indexOf('/');
        return new Handover(Optional.of(rest.substring(0, slash)), rest.substring(slash + 1));
    }
}
