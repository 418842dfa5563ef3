package dev.sweepback.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The schema as the migrations make it, to compare a store with: a changed column could tell another story. */
final class SchemaText {

    private static final String[] MIGRATIONS = {"V1__the_journal.sql"};

    // What Flyway and ANALYZE make, each by its whole name: anything beside them is no part of a store.
    private static final Set<String> NOT_OURS = Set.of(
            "table flyway_schema_history",
            "index flyway_schema_history_s_idx",
            "index sqlite_autoindex_flyway_schema_history_1",
            "table sqlite_stat1",
            "table sqlite_stat4");

    private SchemaText() {}

    /** The first table, index or trigger that is not as the migrations make it. */
    static Optional<String> difference(Connection store) throws SQLException {
        Map<String, String> expected = expected();
        Map<String, String> found = read(store);
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(expected.get(name), found.get(name)))
                .findFirst();
    }

    private static Map<String, String> expected() throws SQLException {
        try (Connection fresh = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = fresh.createStatement()) {
            for (String migration : MIGRATIONS) {
                statement.executeUpdate(text("/db/migration/sqlite/" + migration));
            }
            return read(fresh);
        }
    }

    private static Map<String, String> read(Connection connection) throws SQLException {
        Map<String, String> schema = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_master")) {
            while (rows.next()) {
                if (!NOT_OURS.contains(rows.getString(1))) {
                    schema.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return schema;
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(SchemaText.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
