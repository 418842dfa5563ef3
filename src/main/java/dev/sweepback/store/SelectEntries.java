package dev.sweepback.store;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A query as SQL. */
final class SelectEntries {

    private static final Set<String> COLUMNS =
            Set.of("job", "upgradeId", "planId", "runId", "operationId", "connection", "kind", "resource");

    // The most telling first.
    private static final List<Set<String>> INDEXES = List.of(
            Set.of("operationId"),
            Set.of("kind", "connection", "resource"),
            Set.of("runId"),
            Set.of("planId"),
            Set.of("upgradeId"),
            Set.of("job"),
            Set.of("kind", "connection"),
            Set.of("kind"));

    private final StringBuilder sql = new StringBuilder("SELECT bytes, leaf, seq FROM entry WHERE seq > ?");
    private final List<Object> values = new ArrayList<>();

    private SelectEntries(Query query) {
        values.add(query.afterSeq());
        Set<String> driving = index(query.equal());
        new TreeMap<>(query.equal())
                .forEach((column, value) -> and(plain(driving.contains(column), column) + " = ?", value));
        // A span of time holds fewer entries than there ever were of a type.
        boolean span =
                driving.isEmpty() && query.from().isPresent() && query.until().isPresent();
        if (!query.types().isEmpty()) {
            sql.append(" AND ")
                    .append(plain(driving.isEmpty() && !span, "type"))
                    .append(" IN (")
                    .append(String.join(", ", Collections.nCopies(query.types().size(), "?")))
                    .append(")");
            query.types().stream().map(EntryType::word).sorted().forEach(values::add);
        }
        String time = plain(span || (driving.isEmpty() && query.types().isEmpty()), "time");
        query.from().ifPresent(from -> and(time + " >= ?", wholeMillisecondsFrom(from)));
        query.until().ifPresent(until -> and(time + " < ?", wholeMillisecondsFrom(until)));
        query.nameGlob().ifPresent(glob -> and("name GLOB ?", glob.replace("[", "[[]")));
        sql.append(" ORDER BY seq").append(query.newestFirst() ? " DESC" : "");
        if (query.limit() > 0) {
            sql.append(" LIMIT ?");
            values.add(query.limit());
        }
    }

    static PreparedStatement prepare(Connection connection, Query query) throws SQLException {
        SelectEntries select = new SelectEntries(query);
        PreparedStatement statement = connection.prepareStatement(select.sql.toString());
        for (int index = 0; index < select.values.size(); index++) {
            statement.setObject(index + 1, select.values.get(index));
        }
        return statement;
    }

    static String text(Query query) {
        return new SelectEntries(query).sql.toString();
    }

    private void and(String condition, Object value) {
        sql.append(" AND ").append(condition);
        values.add(value);
    }

    private static Set<String> index(Map<String, String> equal) {
        for (String column : equal.keySet()) {
            if (!COLUMNS.contains(column)) {
                throw new IllegalArgumentException("entries cannot be searched by '" + column + "'");
            }
        }
        return INDEXES.stream()
                .filter(columns -> equal.keySet().containsAll(columns))
                .findFirst()
                .orElse(Set.of());
    }

    // SQLite has no statistics to choose by; the plus keeps it from any index but the most telling one.
    private static String plain(boolean driving, String column) {
        return driving ? column : "+" + column;
    }

    // Entries have whole milliseconds: nothing lies between the bound and the next whole one.
    private static String wholeMillisecondsFrom(Instant bound) {
        Instant cut = bound.truncatedTo(ChronoUnit.MILLIS);
        return Entry.timeText(cut.equals(bound) ? cut : cut.plus(Duration.ofMillis(1)));
    }
}
