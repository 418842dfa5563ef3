package dev.sweepback.adapter.vault;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Vault writes them: {@code 0s}, {@code 768h0m0s}, {@code 1m30.5s}. */
final class GoDuration {

    private static final Pattern WHOLE = Pattern.compile("(\\d+(\\.\\d+)?(h|m|s|ms|us|µs|ns))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|us|µs|ns|s)");

    private GoDuration() {}

    /** Whole seconds, rounded up, so that what is more than nothing stays it; empty if the text is no duration. */
    static Optional<Long> seconds(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            sum = sum.add(new BigDecimal(parts.group(1)).multiply(unit(parts.group(2))));
        }
        return Optional.of(sum.setScale(0, RoundingMode.CEILING).longValue());
    }

    private static BigDecimal unit(String name) {
        return switch (name) {
            case "h" -> BigDecimal.valueOf(3600);
            case "m" -> BigDecimal.valueOf(60);
            case "s" -> BigDecimal.ONE;
            case "ms" -> BigDecimal.ONE.movePointLeft(3);
            case "ns" -> BigDecimal.ONE.movePointLeft(9);
            default -> BigDecimal.ONE.movePointLeft(6);
        };
    }
}
