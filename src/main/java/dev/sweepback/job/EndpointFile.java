package dev.sweepback.job;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.Segments;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads where a check asks over HTTP. */
final class EndpointFile {

    /** What the client writes itself. */
    private static final Set<String> OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer");

    private final NamedConnections connections;
    private final Source source;
    private final Findings findings;

    EndpointFile(NamedConnections connections, Source source, Findings findings) {
        this.connections = connections;
        this.source = source;
        this.findings = findings;
    }

    Endpoint read(Values subject, Node url) {
        URI address = URI.create(Values.scalar(url));
        straight(address, url.place());
        return new Endpoint(address, headers(subject.section("headers")), caFile(subject));
    }

    private void straight(URI url, Place place) {
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("^/|/$", "");
        if (!path.isEmpty() && Segments.unusable(path).isPresent()) {
            findings.add(
                    place,
                    "the URL has the part '" + Segments.unusable(path).get() + "', which is no place of its own",
                    "a path without '.', '..' and doubled slashes",
                    "write the whole path");
        }
    }

    private List<Endpoint.Header> headers(Values headers) {
        List<Endpoint.Header> read = new ArrayList<>();
        for (String name : headers.names()) {
            if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
                findings.add(
                        headers.keyPlace(name),
                        "the header '" + name + "' is written by the client itself",
                        "another header",
                        "remove it");
            }
            String text = headers.text(name);
            int blank = text.indexOf(' ');
            boolean schemed = blank >= 0 && text.substring(0, blank).indexOf(':') < 0;
            read.add(new Endpoint.Header(
                    name,
                    schemed ? text.substring(0, blank) : "",
                    connections.secret(schemed ? text.substring(blank + 1) : text, headers.place(name), source)));
        }
        return read;
    }

    Map<String, String> query(Values query) {
        Map<String, String> read = new LinkedHashMap<>();
        query.names().forEach(name -> read.put(name, query.text(name)));
        return read;
    }

    /** One that cannot be used is a warning, as with connections: the check has no data then. */
    Optional<CaFile> caFile(Values subject) {
        Optional<CaFile> caFile = subject.find("caFile")
                .map(text -> new CaFile(source.folder().resolve(text).normalize()));
        caFile.ifPresent(file -> {
            try {
                file.certificates();
            } catch (CaFile.Unusable e) {
                findings.warn(
                        subject.place("caFile"),
                        "'caFile' cannot be used: " + e.getMessage(),
                        "a PEM file with at least one certificate",
                        "put the file there, or correct the path; the check has no data until then");
            }
        });
        return caFile;
    }
}
