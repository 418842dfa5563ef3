package dev.sweepback.upgrade;

import java.util.Arrays;
import java.util.Locale;

/** Whether a reboot belongs to an upgrade. */
public enum Reboot {
    NONE,
    RECOMMENDED,
    REQUIRED;

    /** As in files and JSON: {@code required}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException with the words that are understood */
    public static Reboot of(String word) {
        return Arrays.stream(values())
                .filter(reboot -> reboot.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + word + "' is none of required, recommended and none"));
    }

    /** What was asked for once is not taken back by another word. */
    Reboot orStronger(Reboot other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
