package dev.sweepback.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a text must look, wherever it stands. */
enum Format {
    TEXT("text", "\\S[\\s\\S]*"),
    NAME("a name of letters, digits, '.', '_' and '-'", "[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
    DURATION(
            "a duration such as 30s, 30m, 24h, 7d or PT1H30M",
            "\\d{1,9}(s|m|h|d)|P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?"),
    SECRET(
            "a reference: env:NAME, file:PATH or vault:CONNECTION/PATH#FIELD",
            "env:[A-Za-z_][A-Za-z0-9_]*|file:.+|vault:[A-Za-z0-9][A-Za-z0-9._-]*/[^#]+#[^#]+"),
    HANDOVER("vault:CONNECTION/PATH", "vault:[A-Za-z0-9][A-Za-z0-9._-]*/[^#]+"),
    URL("a URL https://HOST[:PORT][/PATH]", "https?://[^@\\s?#]+"),
    JDBC_URL("jdbc:sqlite:FILE", "jdbc:sqlite:[^:?][^?]*"),
    LISTEN("HOST:PORT, for example 127.0.0.1:8443", "(\\[[0-9A-Fa-f:.]+\\]|[^:\\s]+):\\d{1,5}"),
    PROTECTION("kind:pattern, for example flag:kill-switch-*", "[^:\\s]+:.+");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

    private final String expected;
    private final Pattern pattern;

    Format(String expected, String pattern) {
        this.expected = expected;
        this.pattern = Pattern.compile(pattern);
    }

    /** For a message: what should be there. */
    String expected() {
        return expected;
    }

    /** For a schema: anchored, in the dialect that Java and ECMAScript share. */
    String pattern() {
        return "^(?:" + pattern.pattern() + ")$";
    }

    /** What is wrong with a text and what to do; empty if nothing. Never the text itself if it may be a secret. */
    Optional<Complaint> complaint(String text) {
        return switch (this) {
            case URL -> urlComplaint(text);
            case JDBC_URL -> jdbcComplaint(text);
            case SECRET ->
                matches(text)
                        ? Optional.empty()
                        : complain("a secret must not stand in the file", "put it elsewhere and refer to it");
            case HANDOVER ->
                matches(text)
                        ? Optional.empty()
                        : complain("no place for a hand-over", "name a connection of type vault and a path on it");
            case LISTEN -> listenComplaint(text);
            case TEXT -> matches(text) ? Optional.empty() : complain("the text is empty", "write it");
            case NAME, DURATION, PROTECTION ->
                matches(text) ? Optional.empty() : complain("'" + shortened(text) + "' is not right", "correct it");
        };
    }

    private boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    private static Optional<Complaint> complain(String what, String hint) {
        return Optional.of(new Complaint(what, hint));
    }

    private Optional<Complaint> urlComplaint(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return complain("no URL", "correct it");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getRawUserInfo() != null || text.contains("@")) {
            return complain("the URL holds a user or password", "remove it and refer to a secret by a key of its own");
        }
        if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
            return complain("no http or https URL", "correct it");
        }
        if (scheme.equals("http") && !LOOPBACK.matcher(url.getHost()).matches()) {
            return complain("the URL is not encrypted", "use https; http is for loopback only");
        }
        if (!matches(text)) {
            return complain("the URL has a query or fragment", "end it after the path");
        }
        return Optional.empty();
    }

    private Optional<Complaint> jdbcComplaint(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("password") || text.contains("@")) {
            return complain("the database URL holds a password", "remove it from the URL");
        }
        if (lower.startsWith("jdbc:") && !lower.startsWith("jdbc:sqlite:")) {
            return complain("this database is not supported yet", "use jdbc:sqlite:sweepback.db");
        }
        return matches(text)
                ? Optional.empty()
                : complain("no database URL that keeps a journal", "use jdbc:sqlite:sweepback.db");
    }

    private Optional<Complaint> listenComplaint(String text) {
        if (matches(text)) {
            int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            if (port <= 65535) {
                return Optional.empty();
            }
        }
        return complain("'" + shortened(text) + "' is no address to listen on", "correct it");
    }

    /** What is wrong with a text, and what to do. */
    record Complaint(String what, String hint) {}

    static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
