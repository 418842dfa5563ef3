package dev.sweepback.job;

import dev.sweepback.connector.SecretRef;
import java.util.List;

/**
 * What the daemon needs to believe signals from outside. A receiver without secrets is not configured; with several, each of
 * them counts, so that one can follow another.
 *
 * @param webhooks secrets of the Standard Webhooks scheme
 * @param github secrets of GitHub's webhooks
 * @param argocd tokens that Argo CD shows
 * @param perMinute how many one source may send
 */
public record SignalSettings(List<SecretRef> webhooks, List<SecretRef> github, List<SecretRef> argocd, int perMinute) {

    /** Without a word in the settings. */
    public static final int PER_MINUTE = 60;

    public static final SignalSettings NONE = new SignalSettings(List.of(), List.of(), List.of(), PER_MINUTE);

    public SignalSettings {
        webhooks = List.copyOf(webhooks);
        github = List.copyOf(github);
        argocd = List.copyOf(argocd);
        if (perMinute < 1) {
            throw new IllegalArgumentException("at least one signal a minute must be let in");
        }
    }
}
