package dev.sweepback.job;

import dev.sweepback.connector.Resource;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Resources that are never touched, written {@code kind:glob}: {@code *} stands for any text, slashes included, {@code ?} for
 * one character, and a kind of {@code *} for every kind. The glob is held against what a resource is known by, with and without
 * its connection before a slash. Upper and lower case are the same: a guard rather protects too much.
 */
public record Protection(String kind, String glob) {

    /** @throws IllegalArgumentException if it is not kind:glob */
    public static Protection parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is not kind:pattern");
        }
        return new Protection(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Whether the id, the name or a handle of the resource matches, or one of these as {@code connection/…}. */
    public boolean covers(Resource resource) {
        if (!kind.equals("*") && !kind.equals(resource.ref().kind())) {
            return false;
        }
        return Stream.concat(Stream.of(resource.ref().id(), resource.name()), resource.handles().stream())
                .anyMatch(known -> matches(known) || matches(resource.ref().connection() + "/" + known));
    }

    /** Linear in text times pattern: a pattern with many stars must not hang a plan. */
    private boolean matches(String handle) {
        String pattern = glob.toLowerCase(Locale.ROOT);
        String text = handle.toLowerCase(Locale.ROOT);
        int position = 0;
        int star = -1;
        int resume = 0;
        int index = 0;
        while (index < text.length()) {
            char wanted = position < pattern.length() ? pattern.charAt(position) : 0;
            if (wanted == '*' && position < pattern.length()) {
                star = position++;
                resume = index;
            } else if (position < pattern.length() && (wanted == '?' || wanted == text.charAt(index))) {
                position++;
                index++;
            } else if (star >= 0) {
                position = star + 1;
                index = ++resume;
            } else {
                return false;
            }
        }
        while (position < pattern.length() && pattern.charAt(position) == '*') {
            position++;
        }
        return position == pattern.length();
    }

    @Override
    public String toString() {
        return kind + ":" + glob;
    }
}
