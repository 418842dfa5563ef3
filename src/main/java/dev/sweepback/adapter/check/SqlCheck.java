package dev.sweepback.adapter.check;

import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Secrets;
import dev.sweepback.gate.Measured;
import dev.sweepback.job.SqlSubject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import tools.jackson.databind.JsonNode;

/**
 * The one value that a query to PostgreSQL gives. The transaction is read-only before the query begins, and a query can change that no
 * more ("SET TRANSACTION" in PostgreSQL's documentation); a single statement cannot end it either. It is rolled back in any case.
 */
final class SqlCheck {

    /** A larger answer is none. */
    private static final String LARGEST = "1M";

    private final Secrets secrets;

    SqlCheck(Secrets secrets) {
        this.secrets = secrets;
    }

    Measured ask(SqlSubject subject, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        Hidden hidden = new Hidden();
        Secret password = secrets.resolve(subject.password());
        hidden.add(password);
        try (Connection connection =
                DriverManager.getConnection(subject.url(), properties(subject, password, timeout))) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try {
                return measured(subject, hidden, connection, Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            return new Measured.NoData(hidden.in(reason(e)));
        }
    }

    private static Measured measured(SqlSubject subject, Hidden hidden, Connection connection, long milliseconds)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET TRANSACTION READ ONLY");
            statement.execute("SET LOCAL statement_timeout = " + milliseconds);
            statement.setQueryTimeout(seconds(Duration.ofMillis(milliseconds)));
            statement.setMaxRows(2);
            try (ResultSet rows = statement.executeQuery(subject.query())) {
                int columns = rows.getMetaData().getColumnCount();
                if (columns != 1) {
                    return new Measured.NoData("the query gives " + columns + " columns, one is expected");
                }
                if (!rows.next()) {
                    return new Measured.NoData("the query gives no row, one is expected");
                }
                Measured measured = compared(subject, hidden, SqlValue.of(rows));
                return rows.next() ? new Measured.NoData("the query gives several rows, one is expected") : measured;
            }
        }
    }

    private static Measured compared(SqlSubject subject, Hidden hidden, Optional<JsonNode> value) {
        if (value.isEmpty()) {
            return new Measured.NoData("the value is NULL, or no number that could be compared");
        }
        String shown = hidden.in(value.get().toString());
        String expected = ", expected: " + subject.comparison().text();
        return subject.comparison()
                .holds(value.get())
                .<Measured>map(holds ->
                        holds ? new Measured.Good(shown) : new Measured.Bad("it is " + shown + expected, shown))
                .orElseGet(() -> new Measured.NoData("it is " + shown + ", which cannot be compared" + expected));
    }

    private static Properties properties(SqlSubject subject, Secret password, Duration timeout) {
        String seconds = String.valueOf(seconds(timeout));
        Properties properties = new Properties();
        properties.setProperty("user", subject.user());
        properties.setProperty("password", password.reveal());
        properties.setProperty("ApplicationName", "sweepback");
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", String.valueOf(seconds(timeout) + 1));
        properties.setProperty("cancelSignalTimeout", seconds);
        properties.setProperty("maxResultBuffer", LARGEST);
        properties.setProperty("readOnlyMode", "always");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("socketFactory", GuardedSockets.class.getName());
        trust(subject, properties);
        return properties;
    }

    /** TLS proves issuer and name, except for a database on this machine that names no issuer. */
    private static void trust(SqlSubject subject, Properties properties) {
        if (subject.caFile().isPresent()) {
            properties.setProperty("sslmode", "verify-full");
            properties.setProperty("sslrootcert", subject.caFile().get().path().toString());
        } else if (subject.isLoopback()) {
            properties.setProperty("sslmode", "prefer");
        } else {
            properties.setProperty("sslmode", "verify-full");
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.plusMillis(999).toSeconds());
    }

    /** The first line alone: the others quote the query. */
    private static String reason(SQLException error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String state = error.getSQLState() == null ? "" : " (SQLSTATE " + error.getSQLState() + ")";
        return "PostgreSQL: " + message + state;
    }
}
