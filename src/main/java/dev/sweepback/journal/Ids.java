package dev.sweepback.journal;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** How ids look: safe in file names, URLs and shells. */
public final class Ids {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** Sixteen random characters (80 bits). */
    public static String random() {
        StringBuilder id = new StringBuilder(16);
        for (int index = 0; index < 16; index++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    static void check(String value) {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not an id: letters, digits, '.', '_' and '-', at most 100");
        }
    }
}
