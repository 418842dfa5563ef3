package dev.sweepback.job;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a text must look, wherever it stands. */
enum Format {
    TEXT("text", "[\\s\\S]*\\S[\\s\\S]*"),
    LINE("text in one line", "(?=.*\\S)[^\\u0000-\\u001F\\u007F-\\u009F]+"),
    NAME("a name of letters, digits, '.', '_' and '-'", "[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
    DURATION(
            "a duration such as 30s, 30m, 24h, 7d or PT1H30M",
            "\\d{1,9}(s|m|h|d)|P(?=.)(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?"),
    SECRET(
            "a reference: env:NAME, file:PATH or vault:CONNECTION/PATH#FIELD",
            "env:[A-Za-z_][A-Za-z0-9_]*|file:[^\\u0000-\\u001F\\u007F-\\u009F]+|vault:[A-Za-z0-9][A-Za-z0-9._-]*/[^\\u0000-\\u001F\\u007F-\\u009F#]+#[^\\u0000-\\u001F\\u007F-\\u009F#]+"),
    HANDOVER("vault:CONNECTION/PATH", "vault:[A-Za-z0-9][A-Za-z0-9._-]*/[^\\u0000-\\u001F\\u007F-\\u009F#]+"),
    URL("a URL https://HOST[:PORT][/PATH]", "https?://[^@\\s?#]+"),
    PROXY("a proxy's URL http://HOST:PORT", "http://[^@\\s?#/]+/?"),
    JDBC_URL("jdbc:sqlite:FILE", "jdbc:sqlite:[^\\u0000-\\u001F\\u007F-\\u009F:?][^\\u0000-\\u001F\\u007F-\\u009F?]*"),
    POSTGRESQL_URL(
            "jdbc:postgresql://HOST[:PORT]/DATABASE",
            "jdbc:postgresql://(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9][A-Za-z0-9._-]{0,252})(:[1-9]\\d{0,4})?/[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}"),
    HOST(
            "the name or address of a host",
            "[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}"),
    HEADER_SECRET(
            "a reference, perhaps after a word for the scheme: env:NAME, Bearer env:NAME",
            "([A-Za-z][A-Za-z0-9-]{0,30} )?(" + SECRET.pattern + ")"),
    LISTEN("HOST:PORT, for example 127.0.0.1:8443", "(\\[[0-9A-Fa-f:.]+\\]|[^:\\s]+):\\d{1,5}"),
    DESCRIBED_TYPE("rest:NAME, with NAME as in connectors/NAME.yaml", "rest:[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
    WORD("a name of letters and digits that begins with a small letter", "[a-z][A-Za-z0-9]{0,62}"),
    HEADER("the name of a header", "[A-Za-z][A-Za-z0-9-]{0,62}"),
    POINTER(
            "a JSON pointer such as /id or /config/url; \"\" is the whole",
            "(/([^~/\\u0000-\\u001F\\u007F-\\u009F]|~[01]){0,200}){0,20}"),
    ADDRESS_PATH("a path from the connection's url on, such as /api/flags/{id}", "/[^?#\\s\\\\]*"),
    TIME_OF_DAY("a time of day from \"00:00\" to \"23:59\", such as \"09:00\"", "([01]\\d|2[0-3]):[0-5]\\d"),
    DATE_OR_TIME(
            "a date such as 2026-12-20, or a time with its offset such as 2026-12-20T18:00:00+01:00",
            "\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?"),
    ACTOR("local:UID, or the name of a token", "local:(0|[1-9]\\d{0,9})|[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
    PROTECTION("kind:pattern, for example flag:kill-switch-*", "[^:\\s]+:\\S(.*\\S)?");

    private static final int LAST_PORT = 65535;
    private static final int LONGEST_SHOWN = 60;
    private static final Pattern NUMERIC = Pattern.compile("[\\d.]+|\\[.*\\]");
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
            case PROXY -> proxyComplaint(text);
            case JDBC_URL -> jdbcComplaint(text);
            case POSTGRESQL_URL -> postgresqlComplaint(text);
            case SECRET, HEADER_SECRET ->
                matches(text)
                        ? Optional.empty()
                        : complain("a secret must not stand in the file", "put it elsewhere and refer to it");
            case HANDOVER ->
                matches(text)
                        ? Optional.empty()
                        : complain("no place for a hand-over", "name a connection of type vault and a path on it");
            case LISTEN -> listenComplaint(text);
            case TEXT -> matches(text) ? Optional.empty() : complain("the text is empty", "write it");
            case LINE ->
                matches(text)
                        ? Optional.empty()
                        : complain(
                                text.isBlank() ? "the text is empty" : "a line break or control character",
                                "correct it");
            case PROTECTION -> protectionComplaint(text);
            case ADDRESS_PATH ->
                matches(text)
                        ? Optional.empty()
                        : complain(
                                "'" + shortened(text) + "' is no path",
                                text.contains("?") ? "put what follows the '?' under query" : "begin it with '/'");
            case POINTER ->
                matches(text)
                        ? Optional.empty()
                        : complain(
                                "'" + shortened(text) + "' is no JSON pointer",
                                text.startsWith("/")
                                        ? "write '~' as ~0, and a '/' in a name as ~1"
                                        : "begin it with '/'");
            case TIME_OF_DAY ->
                matches(text)
                        ? Optional.empty()
                        : complain(
                                "'" + shortened(text) + "' is no time of day",
                                text.equals("24:00") ? "write 00:00 for midnight" : "write hours and minutes: 09:00");
            case DATE_OR_TIME ->
                matches(text)
                        ? Optional.empty()
                        : complain(
                                "'" + shortened(text) + "' is neither a date nor a time with an offset",
                                text.contains(":") ? "add the offset, Z for UTC" : "correct it");
            case NAME, DURATION, DESCRIBED_TYPE, WORD, HEADER, HOST, ACTOR ->
                matches(text) ? Optional.empty() : complain("'" + shortened(text) + "' is not right", "correct it");
        };
    }

    /** Whether a host, as a URL has it, is this machine itself. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
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
        if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
            return complain(
                    "the port " + url.getPort() + " of " + url.getHost() + " is out of range",
                    "use a port from 1 to " + LAST_PORT);
        }
        if (!matches(text)) {
            return complain("the URL has a query or fragment", "end it after the path");
        }
        return Optional.empty();
    }

    private Optional<Complaint> proxyComplaint(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return complain("no URL", "correct it");
        }
        if (text.contains("@")) {
            return complain("the URL holds a user or password", "give them by 'user' and 'password' beside it");
        }
        return matches(text) && url.getHost() != null && url.getPort() <= LAST_PORT && url.getPort() != 0
                ? Optional.empty()
                : complain("no address of an HTTP proxy", "name scheme, host and port only");
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

    /** Parameters could switch off what guards the connection, so there are none. */
    private Optional<Complaint> postgresqlComplaint(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("password") || text.contains("@")) {
            return complain(
                    "the database URL holds a user or password", "give them by 'user' and 'password' beside it");
        }
        if (text.contains("?")) {
            return complain("the database URL has parameters", "end it after the database's name");
        }
        return matches(text) ? Optional.empty() : complain("no URL of a PostgreSQL database", "correct it");
    }

    private Optional<Complaint> listenComplaint(String text) {
        int colon = text.lastIndexOf(':');
        if (!matches(text) || Integer.parseInt(text.substring(colon + 1)) > LAST_PORT) {
            return complain("'" + shortened(text) + "' is no address to listen on", "correct it");
        }
        String host = text.substring(0, colon);
        // what a name stands for is found out when the daemon listens
        boolean others =
                NUMERIC.matcher(host).matches() && !LOOPBACK.matcher(host).matches();
        return others
                ? complain(
                        "'" + shortened(text)
                                + "' would let others in without encryption and without asking who they are",
                        "listen on 127.0.0.1, with a proxy that ends TLS in front of it")
                : Optional.empty();
    }

    private Optional<Complaint> protectionComplaint(String text) {
        if (matches(text)) {
            return Optional.empty();
        }
        boolean blank = text.lines().count() == 1
                && matches(text.replaceFirst(":\\s+", ":").strip());
        return blank
                ? complain(
                        "'" + shortened(text) + "' has a blank at its edge and would protect nothing",
                        "remove the blank")
                : complain("'" + shortened(text) + "' is not right", "correct it");
    }

    /** What is wrong with a text, and what to do. */
    record Complaint(String what, String hint) {}

    /** For a message: one line, not long, with nothing that a terminal would obey. */
    static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        String shown = line.substring(0, Math.min(LONGEST_SHOWN, line.length())).replaceAll("\\p{Cntrl}", "?");
        return shown.length() < text.length() ? shown + "…" : shown;
    }
}
