package dev.sweepback.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns, as wide as their longest cell. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final String indent;

    Table(String indent, String... heads) {
        this.indent = indent;
        if (heads.length > 0) {
            rows.add(List.of(heads));
        }
    }

    static Table of(String... heads) {
        return new Table("", heads);
    }

    void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
    }

    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                int width = row.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(widths.get(column), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
