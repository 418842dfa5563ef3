package dev.sweepback.job;

/** A number with its noun: {@code 1 operation}, {@code 2 policies}. */
public final class Counted {

    private Counted() {}

    /** @param noun of one thing */
    public static String text(long count, String noun) {
        return count + " " + (count == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }
}
