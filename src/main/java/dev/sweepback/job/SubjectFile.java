package dev.sweepback.job;

import dev.sweepback.connector.SecretRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads what a check asks. */
final class SubjectFile {

    private static final int MOST_REPLICAS = 64;

    /** Words with which a statement that only reads can begin. */
    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW");

    private final NamedConnections connections;
    private final Source source;
    private final Findings findings;
    private final EndpointFile endpoints;
    private final ComparisonFile comparisons;

    SubjectFile(NamedConnections connections, Source source, Findings findings) {
        this.connections = connections;
        this.source = source;
        this.findings = findings;
        this.endpoints = new EndpointFile(connections, source, findings);
        this.comparisons = new ComparisonFile(findings);
    }

    /** Empty if it cannot be used; the findings then say why. */
    Optional<Check.Subject> read(Values check) {
        String kind =
                CheckShapes.SUBJECTS.stream().filter(check::has).findFirst().orElseThrow();
        Values subject = check.section(kind);
        return switch (kind) {
            case "http" -> http(subject);
            case "prometheus" -> prometheus(subject);
            case "sql" -> sql(subject);
            case "version" -> version(subject);
            case "flag" -> flag(subject);
            default -> Optional.of(tcp(subject));
        };
    }

    private Optional<Check.Subject> http(Values http) {
        return new ExpectationFile(findings)
                .read(http.section("expect"))
                .map(expected -> new HttpSubject(
                        endpoints.read(http, http.node("url")),
                        endpoints.query(http.section("query")),
                        expected.status(),
                        expected.json()));
    }

    private Optional<Check.Subject> prometheus(Values prometheus) {
        Endpoint endpoint = endpoints.read(prometheus, prometheus.node("url"));
        return comparisons
                .read(prometheus, true)
                .map(comparison -> new PrometheusSubject(
                        endpoint,
                        prometheus.text("query"),
                        comparison,
                        prometheus.find("samples").filter("all"::equals).isPresent()));
    }

    private Optional<Check.Subject> sql(Values sql) {
        String query = sql.text("query").strip();
        SecretRef password = connections.secret(sql.text("password"), sql.place("password"), source);
        if (query.contains(";")) {
            findings.add(
                    sql.place("query"),
                    "the query holds a ';': only one statement is sent",
                    "one statement without ';'",
                    "remove it; within a text write chr(59)");
        }
        String first = query.split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT);
        if (!READING.contains(first)) {
            findings.add(
                    sql.place("query"),
                    "the query does not begin as one that only reads",
                    "one of SELECT, WITH, VALUES, TABLE, SHOW",
                    "ask for a value");
        }
        return comparisons
                .read(sql, false)
                .filter(unused -> findings.none())
                .map(comparison -> new SqlSubject(
                        sql.text("url"), sql.text("user"), password, endpoints.caFile(sql), query, comparison));
    }

    private Optional<Check.Subject> version(Values version) {
        List<Node> urls = version.items("urls");
        if (urls.size() > MOST_REPLICAS) {
            findings.add(
                    version.place("urls"),
                    "there are " + urls.size() + " urls",
                    "at most " + MOST_REPLICAS,
                    "ask fewer");
        }
        List<Endpoint> replicas =
                urls.stream().map(url -> endpoints.read(version, url)).toList();
        Set<String> once = new java.util.HashSet<>();
        urls.stream()
                .filter(url -> !once.add(Values.scalar(url)))
                .forEach(url -> findings.add(
                        url.place(), "the url is there twice", "each replica once", "remove it, or correct it"));
        try {
            Optional<VersionRange> range = version.find("range").map(VersionRange::parse);
            return Optional.of(new VersionSubject(replicas, version.find("json"), range));
        } catch (IllegalArgumentException e) {
            findings.add(
                    version.place("range"),
                    String.valueOf(e.getMessage()),
                    "bounds with spaces between them, for example >=2.4.0 <3, ^2.4, ~2.4.1 or 2.4; || for either",
                    "write each bound without spaces and commas");
            return Optional.empty();
        }
    }

    private Optional<Check.Subject> flag(Values flag) {
        connections.withFlags(flag.text("connection"), flag.place("connection"));
        return Optional.of(new FlagSubject(
                flag.text("connection"), flag.text("name"), flag.text("environment"), flag.flag("enabled", true)));
    }

    private static TcpSubject tcp(Values tcp) {
        return new TcpSubject(tcp.text("host"), tcp.number("port", 0), tcp.flag("open", true));
    }
}
