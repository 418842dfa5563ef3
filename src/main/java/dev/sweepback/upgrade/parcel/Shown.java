package dev.sweepback.upgrade.parcel;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text of a package in a message: one line, not long, with nothing that a terminal would obey. */
final class Shown {

    private static final int LONGEST = 200;
    private static final int MOST = 5;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

    private Shown() {}

    static String text(String text) {
        String plain = CONTROL.matcher(text).replaceAll("?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }

    static String quoted(String text) {
        return "'" + text(text) + "'";
    }

    /** The first few, and how many more. */
    static String list(Collection<String> texts) {
        String first = texts.stream().limit(MOST).map(Shown::quoted).collect(Collectors.joining(", "));
        return texts.size() > MOST ? first + " and " + (texts.size() - MOST) + " more" : first;
    }
}
