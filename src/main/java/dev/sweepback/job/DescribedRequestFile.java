package dev.sweepback.job;

import dev.sweepback.connector.Descriptor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Makes requests of parts of a description, and checks their places. */
final class DescribedRequestFile {

    private static final Template EMPTY = new Template("/", List.of());
    private static final Set<String> OWN_HEADERS = Set.of(
            "host", "content-length", "transfer-encoding", "connection", "content-type", "te", "upgrade", "trailer");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i).*(auth|token|secret|key|password|credential|cookie|session).*");

    private final Findings findings;
    private final PlaceChecks places;

    /** @param keys of a connection */
    DescribedRequestFile(List<Descriptor.Key> keys, Findings findings) {
        this.findings = findings;
        this.places = new PlaceChecks(keys, findings);
    }

    /** A request that changes nothing. */
    DescribedRequest reading(Values values, Template.From... more) {
        Set<Template.From> allowed = more.length == 0 ? Set.of(Template.From.KEY) : Set.of(Template.From.KEY, more[0]);
        DescribedRequest request = request(values, allowed);
        if (!request.method().equals("GET") && !request.reads()) {
            findings.add(
                    values.place("method"),
                    "planning sends this request, and " + request.method() + " may change something",
                    "GET, or 'reads: true' beside it",
                    "add 'reads: true' only if the system's documentation says that it changes nothing");
        }
        return request;
    }

    /** A request that changes something. */
    DescribedRequest acting(Values values, Set<Template.From> allowed) {
        DescribedRequest request = request(values, allowed);
        if (request.method().equals("GET") || request.reads()) {
            findings.add(
                    values.place(values.has("method") ? "method" : "path"),
                    "this request is to change something, and " + (request.reads() ? "'reads' says" : "GET says")
                            + " that it does not",
                    "method: POST, PUT, PATCH or DELETE",
                    "write the method");
        }
        return request;
    }

    private DescribedRequest request(Values values, Set<Template.From> allowed) {
        Map<String, Template> query = new LinkedHashMap<>();
        Values listed = values.section("query");
        listed.names().forEach(name -> text(listed, name, allowed).ifPresent(text -> query.put(name, text)));
        Set<Template.From> inHeaders = new HashSet<>(allowed);
        if (allowed.contains(Template.From.NOW)) {
            inHeaders.add(Template.From.ETAG);
        }
        Map<String, JsonNode> expect = new LinkedHashMap<>();
        Values expected = values.section("expect");
        expected.names().forEach(pointer -> expect.put(pointer, JsonValues.of(expected.node(pointer))));
        Optional<JsonNode> body = body(values, "body", allowed);
        Optional<JsonNode> merge = body(values, "merge", allowed);
        if (merge.isPresent() && body.isEmpty()) {
            findings.add(values.keyPlace("merge"), "'merge' stands without 'body'", "a body to change", "add 'body'");
        }
        return new DescribedRequest(
                values.find("method").orElse("GET"),
                path(values, allowed),
                query,
                headers(values.section("headers"), false, inHeaders),
                body,
                merge,
                expect,
                values.flag("reads", false),
                Pointers.listed(values, "sets"));
    }

    /** Each place is a whole segment, so that its value cannot change what the rest of the path means. */
    private Template path(Values values, Set<Template.From> allowed) {
        Optional<Template> path = text(values, "path", allowed);
        if (path.isEmpty()) {
            return EMPTY;
        }
        Template template = path.get();
        for (String segment : template.text().substring(1).split("/", -1)) {
            boolean place = segment.startsWith("{") && segment.endsWith("}") && segment.indexOf('{', 1) < 0;
            if (segment.contains("{") && !place) {
                wrong(
                        values,
                        "path",
                        "'" + Format.shortened(segment) + "' is a place and something else",
                        "a place that is a segment of its own, between slashes",
                        "rewrite the path");
            } else if (segment.equals(".") || segment.equals("..")) {
                wrong(values, "path", "'" + segment + "' in a path leads elsewhere", "the path itself", "write it out");
            }
        }
        if (template.text().substring(1).contains("//")) {
            wrong(values, "path", "an empty part between slashes", "a path without doubled slashes", "remove one");
        }
        for (Template.Place place : template.places()) {
            boolean last = template.text().endsWith(place.written());
            if (place.from() == Template.From.ID && place.path() && !last) {
                wrong(values, "path", "{id*} does not end the path", "{id*} at the end, or {id}", "rewrite the path");
            }
        }
        return template;
    }

    /**
     * @param every whether they go with every request: there alone are secrets
     */
    Map<String, Template> headers(Values listed, boolean every, Set<Template.From> allowed) {
        Map<String, Template> headers = new LinkedHashMap<>();
        for (String name : listed.names()) {
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                findings.add(
                        listed.keyPlace(name),
                        "the header '" + name + "' is set by Sweepback",
                        "another header",
                        "remove it");
            }
            Optional<Template> text = places.template(listed, name, allowed, every);
            text.ifPresent(found -> headers.put(name, found));
            boolean understood =
                    text.isPresent() && text.get().places().stream().allMatch(this::isKnown);
            if (understood && CREDENTIAL.matcher(name).matches() && !holdsSecret(text.get())) {
                findings.add(
                        listed.place(name),
                        "the header '" + name + "' carries a credential that is written down, or none",
                        "a place for a secret key of 'connection', such as \"Bearer {token}\"",
                        every
                                ? "declare the key with 'secret: true' and name it here"
                                : "move it to 'headers' of the whole");
            }
        }
        return headers;
    }

    private boolean isKnown(Template.Place place) {
        return place.from() != Template.From.KEY || places.key(place.name()).isPresent();
    }

    private boolean holdsSecret(Template template) {
        return template.places().stream()
                .anyMatch(place -> place.from() == Template.From.ETAG
                        || places.key(place.name())
                                .filter(Descriptor.Key::secret)
                                .isPresent());
    }

    /** A text with places that is not of a body; no secret may stand in it. */
    Optional<Template> text(Values values, String key, Set<Template.From> allowed) {
        return places.template(values, key, allowed, false);
    }

    private Optional<JsonNode> body(Values values, String key, Set<Template.From> allowed) {
        if (!values.has(key)) {
            return Optional.empty();
        }
        Set<Template.From> inBody = new HashSet<>(allowed);
        if (allowed.contains(Template.From.STATE)) {
            inBody.add(Template.From.WHOLE);
        }
        places.body(values.node(key), inBody, key.equals("body"));
        return Optional.of(JsonValues.of(values.node(key)));
    }

    private void wrong(Values values, String key, String what, String expected, String hint) {
        findings.add(values.place(key), what, expected, hint);
    }
}
