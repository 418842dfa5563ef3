package dev.sweepback.adapter.rest;

import java.util.List;

/**
 * What a probe found about one action.
 *
 * @param proven whether all that is declared about it was seen to be so
 * @param reason why not, or what was not tried; may be empty
 * @param differs JSON pointers at which the resource differed after it was put back
 * @param left the disposable resource, if it could not be taken away again; else empty
 */
public record Verdict(String action, boolean proven, String reason, List<String> differs, String left) {
    public Verdict {
        differs = List.copyOf(differs);
    }
}
