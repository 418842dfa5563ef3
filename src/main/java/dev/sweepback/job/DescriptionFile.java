package dev.sweepback.job;

import dev.sweepback.connector.Descriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Makes a description of a file that has the right structure, and checks that its parts fit each other. */
final class DescriptionFile {

    private static final Set<String> TAKEN = Set.of(
            "type",
            "url",
            "environment",
            "concurrency",
            "timeouts",
            "caFile",
            "proxy",
            "rate",
            "limits",
            "description",
            "id",
            "probe",
            "state",
            "etag",
            "now",
            "base64");

    private final Values file;
    private final Values spec;
    private final Source source;
    private final Findings findings;
    private final List<Descriptor.Key> keys = new ArrayList<>();

    private DescriptionFile(Node node, Source source, Findings findings) {
        this.file = Values.of(node);
        this.spec = file.section("spec");
        this.source = source;
        this.findings = findings;
    }

    static Optional<Description> read(Node node, Source source, Findings findings) {
        return new DescriptionFile(node, source, findings).read();
    }

    private Optional<Description> read() {
        connectionKeys();
        DescribedRequestFile requests = new DescribedRequestFile(keys, findings);
        Values capturing = spec.section("capture");
        Description.Capturing capture = new Description.Capturing(
                requests.reading(capturing, Template.From.ID),
                capturing.find("item").orElse(""),
                capturing.has("place") ? Optional.of(requests.reading(capturing.section("place"))) : Optional.empty(),
                Pointers.listed(capturing, "bookkeeping"),
                Pointers.listed(capturing, "masked"));
        idOf(capturing, capture);
        Description.Listing list = list(requests);
        String id = spec.text("id");
        Optional<DescribedProbe> probe = probe(requests);
        Description description = new Description(
                file.section("metadata").text("name"),
                spec.text("system"),
                spec.text("resource"),
                keys,
                headers(requests),
                list,
                id,
                spec.find("name").orElse(id),
                new DescribedFieldFile(capture, findings).read(spec.section("fields")),
                capture,
                answers(),
                new DescribedActionFile(requests, capture, findings).read(spec.section("actions")),
                probe,
                source);
        new DescriptionChecks(description, spec, findings).run();
        return findings.none() ? Optional.of(description) : Optional.empty();
    }

    private void connectionKeys() {
        Values listed = spec.section("connection");
        for (String name : listed.names()) {
            if (TAKEN.contains(name)) {
                findings.add(
                        listed.keyPlace(name),
                        "'" + name + "' cannot be a connection key: it has a meaning already",
                        "another name",
                        "rename it");
            }
            Values key = listed.section(name);
            keys.add(new Descriptor.Key(
                    name, key.flag("required", true), key.flag("secret", false), key.text("description")));
        }
    }

    private Map<String, Template> headers(DescribedRequestFile requests) {
        Values listed = spec.section("headers");
        return requests.headers(listed, true, Set.of(Template.From.KEY));
    }

    private Description.Listing list(DescribedRequestFile requests) {
        Values values = spec.section("list");
        DescribedRequest request = requests.reading(values);
        DescribedPaging paging = paging(values.section("paging"));
        noPlaces(values.section("paging"));
        boolean asks = Stream.of(paging.query(), paging.sizeQuery().orElse(""))
                .anyMatch(name -> request.query().containsKey(name));
        if (asks) {
            findings.add(
                    values.place("query"),
                    "'query' and 'paging' ask for the same parameter",
                    "each in one place",
                    "leave it to 'paging'");
        }
        if (paging.way() == DescribedPaging.Way.LINK && !request.method().equals("GET")) {
            findings.add(
                    values.section("paging").place("type"),
                    "links are followed with GET, the list is read with " + request.method(),
                    "another way of paging",
                    "use cursor, page or offset");
        }
        return new Description.Listing(request, values.find("items").orElse(""), values.flag("texts", false), paging);
    }

    /** Nothing is filled in there: a brace would be sent as it stands. */
    private void noPlaces(Values paging) {
        for (String key : List.of("query", "sizeQuery")) {
            if (paging.find(key).orElse("").matches(".*[{}].*")) {
                findings.add(
                        paging.place(key),
                        "'" + key + "' is the name of a query parameter: no place is filled in there",
                        "a name without braces",
                        "write the parameter's name itself");
            }
        }
    }

    private static DescribedPaging paging(Values values) {
        DescribedPaging.Way way =
                DescribedPaging.Way.valueOf(values.text("type").toUpperCase(Locale.ROOT));
        int first = way == DescribedPaging.Way.OFFSET ? 0 : 1;
        return new DescribedPaging(
                way,
                values.find("query").orElse(""),
                values.number("first", first),
                values.find("sizeQuery"),
                values.number("size", 100),
                values.find("next"),
                values.find("total"));
    }

    private void idOf(Values capturing, Description.Capturing capture) {
        boolean named = capture.request().path().places().stream().anyMatch(place -> place.from() == Template.From.ID)
                || capture.request().query().values().stream()
                        .flatMap(query -> query.places().stream())
                        .anyMatch(place -> place.from() == Template.From.ID)
                || capture.request().body().map(Object::toString).orElse("").contains("\"{id}\"");
        if (!named) {
            findings.add(
                    capturing.place("path"),
                    "'capture' does not say which resource it reads",
                    "{id} in its path, query or body",
                    "add it: one segment as {id}, a path whose slashes stay as {id*}");
        }
    }

    private Description.Answers answers() {
        Values values = spec.section("answers");
        Map<String, JsonNode> goneWhen = new LinkedHashMap<>();
        Values when = values.section("goneWhen");
        when.names().forEach(pointer -> goneWhen.put(pointer, JsonValues.of(when.node(pointer))));
        List<Integer> gone = statuses(values, "gone", List.of(404, 410));
        List<Integer> later = statuses(values, "tryLater", List.of(429, 503));
        if (gone.stream().anyMatch(later::contains)) {
            findings.add(
                    values.place("gone"),
                    "a status means both gone and try later",
                    "one meaning for each status",
                    "remove it from one of them");
        }
        if (gone.stream().anyMatch(status -> status == 401 || status == 403 || status >= 500)) {
            findings.add(
                    values.place("gone"),
                    "401, 403 and 5xx never tell that something is gone",
                    "statuses such as 404 and 410",
                    "remove it: what cannot be read would be taken for removed");
        }
        return new Description.Answers(gone, goneWhen, later);
    }

    private static List<Integer> statuses(Values values, String key, List<Integer> otherwise) {
        return values.has(key)
                ? values.items(key).stream()
                        .map(Values::scalar)
                        .map(Integer::valueOf)
                        .toList()
                : otherwise;
    }

    private Optional<DescribedProbe> probe(DescribedRequestFile requests) {
        if (!spec.has("probe")) {
            return Optional.empty();
        }
        Values values = spec.section("probe");
        String id = values.text("id");
        if (id.startsWith("/")) {
            if (Format.POINTER.complaint(id).isPresent()) {
                findings.add(values.place("id"), "'id' is no JSON pointer", Format.POINTER.expected(), "correct it");
            }
        } else {
            requests.text(values, "id", Set.of(Template.From.KEY, Template.From.PROBE));
            if (!id.contains("{probe")) {
                findings.add(
                        values.place("id"),
                        "'id' would be that of any other resource",
                        "a JSON pointer into the answer of 'create', or a text with {probe}",
                        "add {probe}");
            }
        }
        List<DescribedRequest> remove = onDisposable(values, "remove", requests);
        Optional<DescribedRequest> change = values.has("change")
                ? Optional.of(requests.acting(
                        values.section("change"), Set.of(Template.From.KEY, Template.From.ID, Template.From.PROBE)))
                : Optional.empty();
        DescribedRequest create =
                requests.acting(values.section("create"), Set.of(Template.From.KEY, Template.From.PROBE));
        if (!(create.path() + " " + create.query() + " " + create.body()).contains("{probe}")) {
            findings.add(
                    values.keyPlace("create"),
                    "'create' does not name what it makes",
                    "{probe} in its path or body",
                    "add it: by this name people and `doctor` find what a probe left behind");
        }
        return Optional.of(new DescribedProbe(create, id, onDisposable(values, "prepare", requests), change, remove));
    }

    private static List<DescribedRequest> onDisposable(Values values, String key, DescribedRequestFile requests) {
        return values.items(key).stream()
                .map(Values::of)
                .map(one -> requests.acting(one, Set.of(Template.From.KEY, Template.From.ID)))
                .toList();
    }
}
