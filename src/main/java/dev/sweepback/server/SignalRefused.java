package dev.sweepback.server;

import java.time.Duration;
import java.util.Optional;

/** A signal that is not followed. What it says is for whoever sent it, and never goes into a log or the record. */
final class SignalRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Refusal refusal;
    private final String remedy;
    private final transient Optional<Duration> retryAfter;

    SignalRefused(Refusal refusal, String what, String remedy) {
        this(refusal, what, remedy, Optional.empty());
    }

    private SignalRefused(Refusal refusal, String what, String remedy, Optional<Duration> retryAfter) {
        super(what, null, false, false);
        this.refusal = refusal;
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    /** The same, which would not be refused later. */
    SignalRefused retryAfter(Duration wait) {
        return new SignalRefused(refusal, String.valueOf(getMessage()), remedy, Optional.of(wait));
    }

    /** The same words whatever is wrong with it: nobody learns which part would have been right. */
    static SignalRefused notBelieved(Refusal refusal) {
        return new SignalRefused(
                refusal,
                "it cannot be told who sent this",
                "sign it with a secret that this daemon was given, and set the clock");
    }

    static SignalRefused body(String what) {
        return new SignalRefused(Refusal.BODY, what, "send what docs/signals.md describes");
    }

    Refusal refusal() {
        return refusal;
    }

    String remedy() {
        return remedy;
    }

    /** How long to wait at least. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
