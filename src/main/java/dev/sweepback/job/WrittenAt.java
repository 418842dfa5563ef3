package dev.sweepback.job;

import java.util.List;

/** Finds where a part of a scalar's text stands in the file: YAML folds lines and drops indentation. */
final class WrittenAt {

    private WrittenAt() {}

    /**
     * @param start the place of the text's first character
     * @param line within the text, from 1
     * @param column within that line, from 1; may be one beyond its end
     * @return {@code start} where the file writes the text in other characters, by escapes say
     */
    static Place place(Source source, Place start, String text, int line, int column) {
        List<String> lines = source.text().lines().toList();
        int row = start.line() - 1;
        int at = start.column() - 1;
        int end = Math.min(offset(text, line) + column - 1, text.length());
        for (int index = 0; index <= end; index++) {
            boolean nothing = index == text.length() || Character.isWhitespace(text.charAt(index));
            if (nothing) {
                continue;
            }
            while (row < lines.size() && isBlankFrom(lines.get(row), at)) {
                row++;
                at = 0;
            }
            if (row == lines.size()) {
                return start;
            }
            String written = lines.get(row);
            while (Character.isWhitespace(written.charAt(at))) {
                at++;
            }
            if (written.charAt(at) != text.charAt(index)) {
                return start;
            }
            if (index == end) {
                return new Place(row + 1, at + 1);
            }
            at++;
        }
        return new Place(row + 1, at + 1);
    }

    private static int offset(String text, int line) {
        int offset = 0;
        for (int passed = 1; passed < line && text.indexOf('\n', offset) >= 0; passed++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return offset;
    }

    private static boolean isBlankFrom(String line, int at) {
        return at >= line.length() || line.substring(at).isBlank();
    }
}
