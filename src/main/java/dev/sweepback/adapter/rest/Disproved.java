package dev.sweepback.adapter.rest;

import java.util.List;

/** Something is not as the description says. */
final class Disproved extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> differs;

    Disproved(String reason, List<String> differs) {
        super(reason);
        this.differs = List.copyOf(differs);
    }

    Disproved(String reason) {
        this(reason, List.of());
    }

    List<String> differs() {
        return differs;
    }
}
