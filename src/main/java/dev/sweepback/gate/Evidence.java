package dev.sweepback.gate;

import java.util.regex.Pattern;

/** What was measured, fit to be printed and recorded: one line, not long. */
public final class Evidence {

    public static final int LONGEST = 256;

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");

    private Evidence() {}

    /** Without control characters, and cut after {@link #LONGEST} characters; never within one. */
    public static String of(String measured) {
        String begin = measured.substring(0, Math.min(measured.length(), 4 * LONGEST));
        String line = UNFIT.matcher(begin).replaceAll("?");
        if (line.length() <= LONGEST && begin.length() == measured.length()) {
            return line;
        }
        int end = Math.min(line.length(), LONGEST - 1);
        if (Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end) + "…";
    }
}
