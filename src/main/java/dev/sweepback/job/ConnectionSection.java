package dev.sweepback.job;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes connections of the sections of a settings file that has the right structure. */
final class ConnectionSection {

    private static final String CA_FILE = "caFile";
    private static final String PROXY = "proxy";

    private final String environment;
    private final Source source;
    private final Catalog catalog;
    private final List<Description> descriptions;
    private final Findings findings;

    /** @param environment of connections that name none */
    ConnectionSection(
            String environment, Source source, Catalog catalog, List<Description> descriptions, Findings findings) {
        this.environment = environment;
        this.source = source;
        this.catalog = catalog;
        this.descriptions = descriptions;
        this.findings = findings;
    }

    Connection read(String name, Values values) {
        String type = values.text("type");
        URI url = URI.create(values.text("url"));
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, SecretRef> secrets = new LinkedHashMap<>();
        for (Descriptor.Key key : catalog.ofType(type).get(0).connectionKeys()) {
            find(values, key.name()).ifPresent(text -> {
                switch (key.form()) {
                    case SECRET -> secrets.put(key.name(), SecretRef.parse(text, source.folder()));
                    case FILE ->
                        options.put(
                                key.name(),
                                source.folder().resolve(text).normalize().toString());
                    case TEXT, TIME, KEY_VALUE_PATH -> options.put(key.name(), text);
                }
            });
        }
        // with the description, the scope of a connection changes: what rested on the old one must be asked again
        descriptions.stream()
                .filter(description -> description.type().equals(type))
                .forEach(description ->
                        options.put(Description.DIGEST, description.source().sha256()));
        find(values, Connection.Proxy.PASSWORD)
                .ifPresent(text -> secrets.put(Connection.Proxy.PASSWORD, SecretRef.parse(text, source.folder())));
        return new Connection(
                name,
                type,
                values.find("environment").orElse(environment),
                url,
                options,
                secrets,
                values.number("concurrency", 4),
                timeouts(values.section("timeouts")),
                values.rate("rate"),
                caFile(values),
                proxy(values, url));
    }

    private Connection.Timeouts timeouts(Values values) {
        Connection.Timeouts usual = Connection.Timeouts.DEFAULT;
        Duration whole = values.duration("whole", usual.whole());
        Connection.Timeouts timeouts = new Connection.Timeouts(
                values.duration("connect", shorter(usual.connect(), whole)),
                values.duration("response", shorter(usual.response(), whole)),
                whole);
        for (String part : List.of("connect", "response")) {
            if (values.duration(part, Duration.ZERO).compareTo(whole) > 0) {
                findings.add(
                        values.place(part),
                        "'" + part + "' is longer than 'whole'",
                        "at most " + Durations.print(whole),
                        "shorten it, or lengthen 'whole'");
            }
        }
        return timeouts;
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }

    /**
     * A file that cannot be used is a warning, which only {@code validate} refuses: else nothing could be done over the other
     * connections either, undo least of all. The client reads it again when it is opened.
     */
    private Optional<CaFile> caFile(Values values) {
        Optional<CaFile> caFile = values.find(CA_FILE)
                .map(text -> new CaFile(source.folder().resolve(text).normalize()));
        caFile.ifPresent(file -> {
            try {
                file.certificates();
            } catch (CaFile.Unusable e) {
                findings.warn(
                        values.place(CA_FILE),
                        "'" + CA_FILE + "' cannot be used: " + e.getMessage(),
                        "a PEM file with at least one certificate",
                        "put the file there, or correct the path; the connection cannot be used until then");
            }
        });
        return caFile;
    }

    private Optional<Connection.Proxy> proxy(Values values, URI url) {
        if (!values.has(PROXY)) {
            return Optional.empty();
        }
        Values proxy = values.section(PROXY);
        if (proxy.has("user") != proxy.has("password")) {
            findings.add(
                    values.place(PROXY),
                    "'" + PROXY + "' has only one of 'user' and 'password'",
                    "both or none",
                    "add the other, or remove it");
        }
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            findings.add(
                    values.place(PROXY),
                    "'" + PROXY + "' would carry what is not encrypted",
                    "a proxy only with an https url",
                    "use https, or remove the proxy: a loopback address needs none");
        }
        return Optional.of(new Connection.Proxy(URI.create(proxy.text("url")), proxy.find("user")));
    }

    private static Optional<String> find(Values values, String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? values.find(key) : find(values.section(key.substring(0, dot)), key.substring(dot + 1));
    }
}
