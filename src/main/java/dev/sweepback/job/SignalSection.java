package dev.sweepback.job;

import dev.sweepback.connector.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads {@code server.signals} of a settings file that has the right structure. */
final class SignalSection {

    /** Each of them is tried for each signal, so that nobody can tell by the time which one fits. */
    private static final int MOST_SECRETS = 10;

    private final Source source;
    private final Findings findings;
    private final BiConsumer<SecretRef.Vault, Place> vaults;

    /** @param vaults finds out whether there is such a connection */
    SignalSection(Source source, Findings findings, BiConsumer<SecretRef.Vault, Place> vaults) {
        this.source = source;
        this.findings = findings;
        this.vaults = vaults;
    }

    SignalSettings read(Values signals) {
        return new SignalSettings(
                references(signals.section(SignalShapes.WEBHOOKS), SignalShapes.SECRETS),
                references(signals.section(SignalShapes.GITHUB), SignalShapes.SECRETS),
                references(signals.section(SignalShapes.ARGOCD), SignalShapes.TOKENS),
                signals.number(SignalShapes.PER_MINUTE, SignalSettings.PER_MINUTE));
    }

    private List<SecretRef> references(Values receiver, String key) {
        List<SecretRef> references = new ArrayList<>();
        for (Node item : receiver.items(key)) {
            SecretRef reference = SecretRef.parse(Values.scalar(item), source.folder());
            if (reference instanceof SecretRef.Vault vault) {
                vaults.accept(vault, item.place());
            }
            references.add(reference);
        }
        if (references.size() > MOST_SECRETS) {
            findings.add(
                    receiver.place(key),
                    "'" + key + "' has " + references.size() + " references",
                    "at most " + MOST_SECRETS,
                    "remove those that nobody signs with any more");
        }
        return references;
    }
}
