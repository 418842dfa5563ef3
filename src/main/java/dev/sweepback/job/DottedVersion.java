package dev.sweepback.job;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Versions of migrations: numbers with points or underscores between them. Missing parts count as 0. */
final class DottedVersion {

    private static final Pattern FORM = Pattern.compile("\\d{1,20}([._]\\d{1,20}){0,19}");
    private static final Pattern SEPARATOR = Pattern.compile("[._]");

    private DottedVersion() {}

    static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    /** Empty if one of them is no such version. */
    static Optional<Integer> compare(String left, String right) {
        if (!is(left) || !is(right)) {
            return Optional.empty();
        }
        String[] some = SEPARATOR.split(left, -1);
        String[] others = SEPARATOR.split(right, -1);
        for (int index = 0; index < Math.max(some.length, others.length); index++) {
            int order = part(some, index).compareTo(part(others, index));
            if (order != 0) {
                return Optional.of(order);
            }
        }
        return Optional.of(0);
    }

    private static BigInteger part(String[] parts, int index) {
        return index < parts.length ? new BigInteger(parts[index]) : BigInteger.ZERO;
    }
}
