package dev.sweepback.sandbox;

/** A request that a twin answers with an error, raised from wherever that is noticed. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TwinResponse response;

    Refused(TwinResponse response) {
        super("answered " + response.status(), null, false, false);
        this.response = response;
    }

    TwinResponse response() {
        return response;
    }
}
