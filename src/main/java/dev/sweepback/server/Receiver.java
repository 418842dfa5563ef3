package dev.sweepback.server;

/** The ways in which signals come. */
enum Receiver {
    WEBHOOKS("standard-webhooks", "server.signals.webhooks.secrets"),
    GITHUB("github", "server.signals.github.secrets"),
    ARGOCD("argocd", "server.signals.argocd.tokens");

    private final String word;
    private final String key;

    Receiver(String word, String key) {
        this.word = word;
        this.key = key;
    }

    /** In the record and in metrics: public contract. */
    String word() {
        return word;
    }

    /** Where the settings name its secrets. */
    String key() {
        return key;
    }
}
