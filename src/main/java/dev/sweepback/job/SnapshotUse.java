package dev.sweepback.job;

import java.util.Optional;

/** Finds requests that ask the snapshot for what is not in it. */
final class SnapshotUse {

    private final Description.Capturing capture;
    private final Findings findings;

    SnapshotUse(Description.Capturing capture, Findings findings) {
        this.capture = capture;
        this.findings = findings;
    }

    void check(Values request) {
        request.names().forEach(key -> check(request.node(key)));
    }

    private void check(Node node) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(entry -> check(entry.value()));
        } else if (node instanceof Node.Sequence sequence) {
            sequence.items().forEach(this::check);
        } else if (node instanceof Node.Scalar scalar) {
            check(scalar);
        }
    }

    private void check(Node.Scalar scalar) {
        Optional<Template> template = parsed(scalar.text());
        template.stream().flatMap(found -> found.places().stream()).forEach(place -> {
            boolean asks = place.from() == Template.From.STATE || place.from() == Template.From.DECODED;
            if (asks && Pointers.covers(capture.masked(), place.name())) {
                findings.add(
                        scalar.place(),
                        place.written() + " is 'masked': a mask would be sent as if it were the secret",
                        "a value that the system shows",
                        "leave it out, and name it among 'lost'");
            } else if (asks && Pointers.covers(capture.bookkeeping(), place.name())) {
                findings.add(
                        scalar.place(),
                        place.written() + " is 'bookkeeping', and so not in the snapshot",
                        "a value of the snapshot, or {now:" + place.name() + "} for the one that it has now",
                        "correct it");
            }
        });
    }

    private static Optional<Template> parsed(String text) {
        try {
            return Optional.of(Template.parse(text));
        } catch (IllegalArgumentException e) {
            // said already where the text was read
            return Optional.empty();
        }
    }
}
