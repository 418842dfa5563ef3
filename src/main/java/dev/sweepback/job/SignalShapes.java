package dev.sweepback.job;

/** The keys of {@code server.signals}. */
final class SignalShapes {

    static final String WEBHOOKS = "webhooks";
    static final String GITHUB = "github";
    static final String ARGOCD = "argocd";
    static final String SECRETS = "secrets";
    static final String TOKENS = "tokens";
    static final String PER_MINUTE = "perMinute";

    private static final int MOST_PER_MINUTE = 6000;

    private SignalShapes() {}

    static Shape.Section all() {
        return Shapes.section(
                Shape.Key.optional(
                        WEBHOOKS, receiver(SECRETS, "secrets that sign"), "signals signed as Standard Webhooks says"),
                Shape.Key.optional(GITHUB, receiver(SECRETS, "secrets of its webhooks"), "GitHub's deployment_status"),
                Shape.Key.optional(ARGOCD, receiver(TOKENS, "bearer tokens"), "notifications of Argo CD"),
                Shape.Key.optional(
                        PER_MINUTE, new Shape.Count(1, MOST_PER_MINUTE), "signals of one source; 60 without it"));
    }

    private static Shape.Section receiver(String key, String what) {
        return Shapes.section(Shape.Key.optional(
                key,
                new Shape.Listing(new Shape.Text(Format.SECRET), false),
                what + ", any of which counts; at least 24 bytes each"));
    }
}
