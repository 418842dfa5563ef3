package dev.sweepback.server;

import java.util.Optional;
import java.util.function.Function;

/** What came in: nothing of it is believed yet. */
final class SignalRequest {

    private final Function<String, Optional<String>> headers;
    private final Optional<String> upgrade;
    private final byte[] body;

    /** @param upgrade as the path names it */
    SignalRequest(Function<String, Optional<String>> headers, Optional<String> upgrade, byte[] body) {
        this.headers = headers;
        this.upgrade = upgrade;
        this.body = body.clone();
    }

    Optional<String> header(String name) {
        return headers.apply(name);
    }

    Optional<String> upgrade() {
        return upgrade;
    }

    byte[] body() {
        return body.clone();
    }
}
