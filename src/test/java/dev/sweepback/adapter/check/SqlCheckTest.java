package dev.sweepback.adapter.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.gate.Measured;
import dev.sweepback.job.Comparison;
import dev.sweepback.job.Comparison.Operator;
import dev.sweepback.job.SqlSubject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real PostgreSQL answers, and that nothing is ever written to it. */
class SqlCheckTest {

    private static final String PASSWORD = "correct horse";

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        execute("CREATE TABLE flyway_schema_history (version text, success boolean)");
        execute("INSERT INTO flyway_schema_history VALUES ('2.9', true), ('2.10', true)");
        execute("CREATE TABLE written (x int)");
        execute("CREATE SEQUENCE counter");
        execute("CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS 'INSERT INTO written VALUES (1) RETURNING x'");
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int rowsWritten() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM written")) {
            count.next();
            return count.getInt(1);
        }
    }

    private static Measured measure(String url, String query, Comparison comparison, Duration timeout) {
        SqlSubject subject = new SqlSubject(
                url, "postgres", new SecretRef.Environment("PASSWORD"), Optional.empty(), query, comparison);
        return measure(subject, PASSWORD, timeout);
    }

    private static Measured measure(SqlSubject subject, String password, Duration timeout) {
        return new SqlCheck(reference -> new Secret(password)).ask(subject, timeout);
    }

    private static String ask(String query, Operator operator, String operand) {
        String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
        return CheckWorld.text(
                measure(url, query, PrometheusCheckTest.comparison(operator, operand), Duration.ofSeconds(10)));
    }

    private static String ask(String query) {
        return ask(query, Operator.EQUALS, "1");
    }

    @Test
    void noSessionIsBlocked() {
        String query = "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0";

        assertThat(ask(query, Operator.EQUALS, "0")).isEqualTo("good: 0");
        assertThat(ask(query, Operator.ABOVE, "0")).isEqualTo("bad: it is 0, expected: above 0");
    }

    @Test
    void aSessionThatIsBlockedIsSeen() throws Exception {
        try (Connection holder = postgres.getPostgresDatabase().getConnection();
                Connection blocked = postgres.getPostgresDatabase().getConnection()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE written");
            Thread waiting = new Thread(() -> {
                try (Statement statement = blocked.createStatement()) {
                    statement.execute("LOCK TABLE written");
                } catch (SQLException e) {
                    // it is broken off, or not in a transaction
                }
            });
            blocked.setAutoCommit(false);
            waiting.start();
            String said = "";
            for (int attempt = 0; attempt < 200 && !said.startsWith("bad"); attempt++) {
                said = ask(
                        "SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0",
                        Operator.EQUALS,
                        "0");
            }
            holder.rollback();
            waiting.join();

            assertThat(said).isEqualTo("bad: it is 1, expected: equals 0");
        }
    }

    @Test
    void theVersionOfTheMigrationIsComparedPartByPart() {
        String newest = "SELECT version FROM flyway_schema_history WHERE success"
                + " ORDER BY string_to_array(version, '.')::int[] DESC LIMIT 1";

        assertThat(ask(newest, Operator.EQUALS, "\"2.10\"")).isEqualTo("good: \"2.10\"");
        assertThat(ask(newest, Operator.AT_LEAST, "\"2.9\"")).isEqualTo("good: \"2.10\"");
        assertThat(ask(newest, Operator.AT_LEAST, "\"2.11\"")).startsWith("bad: it is \"2.10\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT 1                          | 1       | good
            SELECT 1.0                        | 1       | good
            SELECT 1::bigint                  | 1       | good
            SELECT 1::double precision        | 1       | good
            SELECT 2                          | 1       | bad
            SELECT '1'                        | 1       | no data
            SELECT 1                          | "1"     | no data
            SELECT 'a'                        | "a"     | good
            SELECT 'a'::varchar               | "b"     | bad
            SELECT true                       | true    | good
            SELECT false                      | true    | bad
            SELECT 't'                        | true    | no data
            SELECT 1                          | true    | no data
            SELECT NULL::int                  | 1       | no data
            SELECT 'NaN'::float8              | 1       | no data
            SELECT 'NaN'::numeric             | 1       | no data
            SELECT 'Infinity'::float8         | 1       | bad
            SELECT 1 WHERE false              | 1       | no data
            SELECT generate_series(1, 2)      | 1       | no data
            SELECT 1, 1                       | 1       | no data
            VALUES (1)                        | 1       | good
            WITH x AS (SELECT 1) TABLE x      | 1       | good
            SHOW transaction_read_only        | "on"    | good
            SELECT current_setting('statement_timeout') <> '0' | true | good
            SELECT nonsense                   | 1       | no data
            SELECT '?'                        | "?"     | good
            SELECT repeat('x', 2000000)       | "x"     | no data
            """)
    void oneValueOfItsTypeIsCompared(String query, String operand, String verdict) {
        assertThat(ask(query, Operator.EQUALS, operand)).startsWith(verdict + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH x AS (INSERT INTO written VALUES (1) RETURNING 1) SELECT 1",
                "WITH x AS (DELETE FROM flyway_schema_history RETURNING 1) SELECT count(*) FROM x",
                "SELECT writes()",
                "SELECT 1 INTO copied",
                "SELECT nextval('counter')",
                "SELECT 1 FROM flyway_schema_history FOR UPDATE",
                "SELECT set_config('transaction_read_only', 'off', false), writes()",
                "SELECT writes() FROM (SELECT set_config('transaction_read_only', 'off', true) OFFSET 0) x",
                "SELECT writes() FROM (SELECT set_config('default_transaction_read_only', 'off', false) OFFSET 0) x",
                "INSERT INTO written VALUES (1) RETURNING 1"
            })
    void aQueryThatWritesFailsAndWritesNothing(String query) throws SQLException {
        assertThat(ask(query)).startsWith("no data: ");
        assertThat(rowsWritten()).isZero();
    }

    @Test
    void aPasswordWithAQuoteIsNotShownAsJsonWritesItEither() {
        String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
        SqlSubject subject = new SqlSubject(
                url,
                "postgres",
                new SecretRef.Environment("PASSWORD"),
                Optional.empty(),
                "SELECT 'it is pass\"wo\\rd'",
                PrometheusCheckTest.comparison(Operator.EQUALS, "\"x\""));

        assertThat(CheckWorld.text(measure(subject, "pass\"wo\\rd", Duration.ofSeconds(10))))
                .startsWith("bad: it is \"it is ***\"");
    }

    /** The driver would send each of them, and the first could end the transaction that is read-only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; INSERT INTO written VALUES (1)",
                "COMMIT; BEGIN READ WRITE; INSERT INTO written VALUES (1); COMMIT"
            })
    void severalStatementsAreRefused(String query) {
        assertThat(catchThrowable(() -> ask(query))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aQueryThatTakesTooLongIsBrokenOffOnTheServer() throws Exception {
        String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";

        Measured measured = measure(
                url,
                "SELECT 1 FROM pg_sleep(600)",
                PrometheusCheckTest.comparison(Operator.EQUALS, "1"),
                Duration.ofMillis(300));

        assertThat(CheckWorld.text(measured))
                .startsWith("no data: PostgreSQL: ")
                .contains("57014");
        assertThat(ask(
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' AND pid <> pg_backend_pid()",
                        Operator.EQUALS, "0"))
                .startsWith("good");
    }

    @Test
    void whereNoDatabaseAnswersThereIsNoData() {
        Comparison comparison = PrometheusCheckTest.comparison(Operator.EQUALS, "1");

        assertThat(CheckWorld.text(measure(
                        "jdbc:postgresql://localhost:1/postgres", "SELECT 1", comparison, Duration.ofSeconds(5))))
                .startsWith("no data: PostgreSQL: ")
                .doesNotContain(PASSWORD);
        assertThat(CheckWorld.text(measure(
                        "jdbc:postgresql://169.254.169.254/postgres", "SELECT 1", comparison, Duration.ofSeconds(5))))
                .startsWith("no data: PostgreSQL: ");
    }

    /** The server of this test has no TLS: anything but loopback must not be asked in clear. */
    @Test
    void withoutTlsOnlyLoopbackIsAsked() throws IOException {
        assertThat(new SqlSubject(
                                "jdbc:postgresql://localhost:5432/x",
                                "u",
                                new SecretRef.Environment("P"),
                                Optional.empty(),
                                "SELECT 1",
                                PrometheusCheckTest.comparison(Operator.EQUALS, "1"))
                        .isLoopback())
                .isTrue();
        String here = java.net.InetAddress.getLocalHost().getHostName();
        String url = "jdbc:postgresql://" + here + ":" + postgres.getPort() + "/postgres";

        String said = CheckWorld.text(
                measure(url, "SELECT 1", PrometheusCheckTest.comparison(Operator.EQUALS, "1"), Duration.ofSeconds(5)));

        assertThat(said).startsWith("no data: PostgreSQL: ");
    }
}
