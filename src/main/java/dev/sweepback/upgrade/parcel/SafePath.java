package dev.sweepback.upgrade.parcel;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a path stays in the folder that somebody unpacks into, on every system. */
final class SafePath {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\\$|conout\\$)(\\..*)?");
    private static final Set<String> UPWARDS = Set.of("", ".", "..");

    private SafePath() {}

    /** What is wrong with it. */
    static Optional<String> complaint(String path) {
        if (path.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (path.indexOf('\0') >= 0) {
            return Optional.of("it has a NUL in it");
        }
        if (CONTROL.matcher(path).find()) {
            return Optional.of("it has a control character in it");
        }
        if (path.startsWith("/")) {
            return Optional.of("it is absolute");
        }
        if (path.indexOf('\\') >= 0) {
            return Optional.of("it has a backslash in it, which is a slash elsewhere");
        }
        if (path.indexOf(':') >= 0) {
            return Optional.of("it has a colon in it, as a drive or a stream has");
        }
        if (path.codePointCount(0, path.length()) > Limits.LONGEST_PATH) {
            return Optional.of("it is longer than " + Limits.LONGEST_PATH + " characters");
        }
        String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String part : whole.split("/", -1)) {
            if (UPWARDS.contains(part)) {
                return Optional.of("one of its parts is '" + part + "'");
            }
            if (part.endsWith(".") || part.endsWith(" ")) {
                return Optional.of("one of its parts ends with a dot or blank, which some systems drop");
            }
            if (DEVICE.matcher(part).matches()) {
                return Optional.of("one of its parts is the name of a device on some systems");
            }
        }
        return Optional.empty();
    }

    /** The same for all paths that some file system takes for the same: case and Unicode normal form do not count. */
    static String key(String path) {
        String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String folded = Normalizer.normalize(whole, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}
