package dev.sweepback.job;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.SecretRef;
import java.nio.file.Path;
import java.util.Optional;

/** Reads references that {@link Format} found no fault with. */
final class References {

    private References() {}

    /** @param folder what a relative file is relative to */
    static SecretRef secret(String text, Path folder) {
        String rest = text.substring(text.indexOf(':') + 1);
        if (text.startsWith("env:")) {
            return new SecretRef.Environment(rest);
        }
        if (text.startsWith("file:")) {
            return new SecretRef.File(folder.resolve(rest).normalize());
        }
        int slash = rest.indexOf('/');
        int hash = rest.lastIndexOf('#');
        return new SecretRef.Vault(rest.substring(0, slash), rest.substring(slash + 1, hash), rest.substring(hash + 1));
    }

    static Handover handover(String text) {
        String rest = text.substring(text.indexOf(':') + 1);
        int slash = rest.indexOf('/');
        return new Handover(Optional.of(rest.substring(0, slash)), rest.substring(slash + 1));
    }
}
