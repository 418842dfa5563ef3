package dev.sweepback.adapter.rest;

import java.util.List;

/**
 * What a probe found about one action.
 *
 * @param reason why it was not proven, or what was not tried; may be empty
 * @param differs JSON pointers at which the resource differed after it was put back
 * @param left the disposable resource, if it may be left there; else empty
 */
public record Verdict(String action, Outcome outcome, String reason, List<String> differs, String left) {

    /** How far it came. */
    public enum Outcome {
        /** All that is declared about it was seen to be so. */
        PROVEN,
        /** Something was not seen to be so. */
        NOT_PROVEN,
        /** It was asked to stop before its end: it tells nothing about the action. */
        STOPPED
    }

    public Verdict {
        differs = List.copyOf(differs);
    }

    public boolean proven() {
        return outcome == Outcome.PROVEN;
    }

    public boolean stopped() {
        return outcome == Outcome.STOPPED;
    }
}
