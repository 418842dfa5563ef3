package dev.sweepback.job;

import java.util.List;
import java.util.stream.Stream;

/** What only shows when the parts of a description are held against each other. */
final class DescriptionChecks {

    private final Description description;
    private final Values spec;
    private final Findings findings;

    DescriptionChecks(Description description, Values spec, Findings findings) {
        this.description = description;
        this.spec = spec;
        this.findings = findings;
    }

    void run() {
        identity();
        readsApartFromWrites();
        noProbe();
        if (findings.none()) {
            // a place that is misspelt is said already
            keysAreUsed();
        }
    }

    private void identity() {
        List<String> masked = description.capture().masked();
        for (String key : List.of("id", "name")) {
            spec.find(key)
                    .filter(pointer -> Pointers.covers(masked, pointer))
                    .ifPresent(pointer -> findings.add(
                            spec.place(key),
                            "'" + key + "' would be printed, and " + pointer + " is 'masked'",
                            "a pointer to something that is no secret",
                            "correct it"));
            spec.find(key)
                    .filter(pointer -> pointer.contains("*"))
                    .ifPresent(pointer -> findings.add(
                            spec.place(key),
                            "'" + pointer + "' points at many",
                            "a pointer at one value",
                            "correct it"));
        }
    }

    /** What a reader may send is told by method and path. */
    private void readsApartFromWrites() {
        List<String> reads = Stream.concat(
                        Stream.of(
                                description.list().request(),
                                description.capture().request()),
                        description.capture().place().stream())
                .map(DescribedRequest::toString)
                .toList();
        Values actions = spec.section("actions");
        for (DescribedAction action : description.actions()) {
            Stream.concat(action.apply().stream(), action.restore().stream())
                    .map(DescribedRequest::toString)
                    .filter(reads::contains)
                    .forEach(request -> findings.add(
                            actions.keyPlace(action.name()),
                            "'" + request + "' is declared as something that reads, and action '" + action.name()
                                    + "' sends it to change something",
                            "another method or path for one of them",
                            "planning could not be kept from sending it"));
        }
    }

    private void noProbe() {
        if (description.probe().isEmpty()) {
            findings.warn(
                    spec.mapping().place(),
                    "there is no 'probe', so no action of this description is ever carried out",
                    "probe: how a disposable resource is made",
                    "add it, then run `sweepback doctor --probe CONNECTION`");
        }
    }

    private void keysAreUsed() {
        Values connection = spec.section("connection");
        String text = description.source().text();
        for (String name : connection.names()) {
            if (!text.contains("{" + name + "}") && !text.contains("{" + name + "*}")) {
                findings.add(
                        connection.keyPlace(name),
                        "nothing uses the connection key '" + name + "'",
                        "a place {" + name + "} in a path, query, header or body",
                        "use it, or remove it");
            }
        }
    }
}
