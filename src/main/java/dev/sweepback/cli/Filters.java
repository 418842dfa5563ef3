package dev.sweepback.cli;

import dev.sweepback.journal.UpgradeId;

/** Values of options that narrow a list. */
final class Filters {

    private Filters() {}

    static UpgradeId upgrade(String text) {
        try {
            return new UpgradeId(text);
        } catch (IllegalArgumentException e) {
            throw Failures.usage(
                    "usage", String.valueOf(e.getMessage()), "--upgrade " + text, "sweepback upgrade list");
        }
    }

    static int limit(int number) {
        if (number < 1) {
            throw Failures.usage("usage", "--limit is at least 1", "--limit " + number, "leave it out for all");
        }
        return number;
    }
}
