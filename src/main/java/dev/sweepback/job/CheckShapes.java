package dev.sweepback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table of keys of checks. */
final class CheckShapes {

    static final List<String> SUBJECTS = List.of("http", "prometheus", "sql", "version", "flag", "tcp");

    private static final Shape LINE = new Shape.Text(Format.LINE);
    private static final Shape TEXT = new Shape.Text(Format.TEXT);
    private static final Shape URL = new Shape.Text(Format.URL);
    private static final Shape FLAG = new Shape.Flag();

    private CheckShapes() {}

    static Shape.Section check() {
        List<Shape.Key> keys = new ArrayList<>();
        keys.add(Shape.Key.required("name", LINE, "unique in the job"));
        keys.addAll(List.of(
                Shape.Key.optional("http", http(), "what an HTTP server answers to a GET"),
                Shape.Key.optional("prometheus", prometheus(), "what an instant query measures"),
                Shape.Key.optional("sql", sql(), "the one value that a query to PostgreSQL gives"),
                Shape.Key.optional("version", version(), "the version that every replica tells"),
                Shape.Key.optional("flag", flag(), "whether a feature flag is on"),
                Shape.Key.optional("tcp", tcp(), "whether something takes connections"),
                Shape.Key.optional("timeout", Shapes.TIME, "for one question; 10s without it, at most 60s"),
                Shape.Key.optional("interval", Shapes.TIME, "between two questions; 30s without it, 1s to 1h"),
                Shape.Key.optional(
                        "consecutive", new Shape.Count(1, 100), "good answers in a row that are needed; 1 without it"),
                Shape.Key.optional(
                        "onNoData",
                        new Shape.Word(List.of("hold", "fail")),
                        "what an answer without data means; hold without it"),
                Shape.Key.optional(
                        "maxWait",
                        Shapes.section(
                                Shape.Key.required("time", Shapes.TIME, "how long it may keep the gate shut alone"),
                                Shape.Key.required(
                                        "then",
                                        new Shape.Word(List.of("give-up", "fail")),
                                        "give-up: shut until the job is enabled again; fail: the check has failed")),
                        "how long it may hold the gate; for ever without it")));
        return new Shape.Section(keys, List.of(new Shape.Alternatives("what is asked", SUBJECTS)));
    }

    private static Shape.Section http() {
        return section(
                Shape.Key.required("url", URL, "its address; http for loopback only"),
                Shape.Key.optional("query", new Shape.Named(Format.LINE, LINE), "query parameters; never a secret"),
                headers(),
                caFile(),
                Shape.Key.required(
                        "expect",
                        Shapes.section(
                                Shape.Key.optional(
                                        "status", new Shape.Count(100, 599), "the status; any success without it"),
                                Shape.Key.optional(
                                        "json",
                                        new Shape.Named(Format.POINTER, new Shape.Any()),
                                        "by JSON pointer, a value, or matches: with a regular expression over a text")),
                        "what the answer must be"));
    }

    private static Shape.Section prometheus() {
        return section(Stream.concat(
                        Stream.of(
                                Shape.Key.required("url", URL, "where its API begins, without /api/v1"),
                                Shape.Key.required("query", TEXT, "PromQL, asked as an instant query"),
                                headers(),
                                caFile(),
                                Shape.Key.optional(
                                        "samples",
                                        new Shape.Word(List.of("one", "all")),
                                        "one: there must be one; all: there may be several, and each must compare so; one without it")),
                        comparisons().stream())
                .toArray(Shape.Key[]::new));
    }

    private static Shape.Section sql() {
        return section(Stream.concat(
                        Stream.of(
                                Shape.Key.required(
                                        "url",
                                        new Shape.Text(Format.POSTGRESQL_URL),
                                        "the database; TLS is verified unless it is on loopback"),
                                Shape.Key.required("user", LINE, "who asks; it should be allowed to read alone"),
                                Shape.Key.required("password", new Shape.Text(Format.SECRET), "the user's"),
                                caFile(),
                                Shape.Key.required("query", TEXT, "one statement that gives one row with one column")),
                        comparisons().stream())
                .toArray(Shape.Key[]::new));
    }

    private static Shape.Section version() {
        return new Shape.Section(
                List.of(
                        Shape.Key.required("urls", new Shape.Listing(URL, true), "every replica, up to 64"),
                        Shape.Key.optional(
                                "json",
                                new Shape.Text(Format.POINTER),
                                "where the answer has the version; the text itself without it"),
                        headers(),
                        caFile(),
                        Shape.Key.optional("range", LINE, "semantic versions, for example >=2.4.0 <3"),
                        Shape.Key.optional(
                                "to",
                                new Shape.Word(List.of("upgrade")),
                                "upgrade: the version that the upgrade leads to")),
                List.of(new Shape.Alternatives("which version it must be", List.of("range", "to"))));
    }

    private static Shape.Section flag() {
        return section(
                Shape.Key.required("connection", Shapes.NAME, "a connection of the settings that has flags"),
                Shape.Key.required("name", LINE, "the flag, as its system names it"),
                Shape.Key.required("environment", LINE, "as its system names it"),
                Shape.Key.required("enabled", FLAG, "whether it must be on"));
    }

    private static Shape.Section tcp() {
        return section(
                Shape.Key.required("host", new Shape.Text(Format.HOST), "its name or address"),
                Shape.Key.required("port", new Shape.Count(1, 65535), "the port"),
                Shape.Key.optional("open", FLAG, "whether it must take connections; true without it"));
    }

    private static List<Shape.Key> comparisons() {
        return Comparison.Operator.words().stream()
                .map(word -> Shape.Key.optional(word, new Shape.Any(), "what the value must be; at least one of these"))
                .toList();
    }

    private static Shape.Key headers() {
        return Shape.Key.optional(
                "headers",
                new Shape.Named(Format.HEADER, new Shape.Text(Format.HEADER_SECRET)),
                "headers whose values are secrets, by reference: Authorization: Bearer env:TOKEN");
    }

    private static Shape.Key caFile() {
        return Shape.Key.optional(
                "caFile",
                Shapes.LINE,
                "a PEM file with the certificates to trust, relative to this file; Java's without it");
    }

    private static Shape.Section section(Shape.Key... keys) {
        return Shapes.section(keys);
    }
}
