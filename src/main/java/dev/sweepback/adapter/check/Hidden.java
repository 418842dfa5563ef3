package dev.sweepback.adapter.check;

import dev.sweepback.connector.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** The secrets that a question was asked with: whatever the answer repeats of them is not shown. */
final class Hidden {

    /** A shorter one would be found everywhere, and hide what was measured. */
    private static final int SHORTEST = 4;

    private final List<String> secrets = new ArrayList<>();

    void add(Secret secret) {
        if (secret.reveal().length() >= SHORTEST) {
            secrets.add(secret.reveal());
            secrets.add(inJson(secret.reveal()));
            secrets.sort(Comparator.comparing(String::length).reversed());
        }
    }

    /** As it stands within a text of JSON. */
    private static String inJson(String secret) {
        String quoted = JsonNodeFactory.instance.stringNode(secret).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    String in(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return shown;
    }
}
