package dev.sweepback.adapter.rest;

import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Fields;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.DescribedField;
import dev.sweepback.job.DescribedRequest;
import dev.sweepback.job.Description;
import dev.sweepback.job.Template;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a description says a connector is. */
final class RestDescriptor {

    /** What is created again under another id is looked for in a list of all: once for a batch. */
    private static final int UNDO_BATCH = 50;

    private RestDescriptor() {}

    static Descriptor of(Description description) {
        return new Descriptor(
                description.type(),
                description.resource(),
                description.system(),
                // it is planned with only after a probe has held it against the real system
                false,
                description.connectionKeys(),
                List.of(),
                Set.of(),
                new Fields(
                        description.fields().stream().map(DescribedField::field).toList()),
                description.actions().stream().map(DescribedAction::declared).toList(),
                description.capture().bookkeeping(),
                false,
                false,
                1,
                UNDO_BATCH,
                manual(description));
    }

    private static Descriptor.Manual manual(Description description) {
        return new Descriptor.Manual(
                "What " + description.list().request() + " lists.",
                "Not told.",
                description.list().paging().way().name().toLowerCase(Locale.ROOT) + ", read to its end.",
                "As the system sets them.",
                (bound(description) ? "Yes, as the description binds them." : "No.")
                        + " What undo creates again under another id is compared with a list that is as old as its batch takes.",
                List.of(),
                List.of("Described by " + description.source().path() + "; believed after a probe alone."));
    }

    /** Whether a change names what was read right before it. */
    private static boolean bound(Description description) {
        return description.actions().stream()
                .flatMap(action -> action.apply().stream())
                .flatMap(RestDescriptor::templates)
                .flatMap(template -> template.places().stream())
                .anyMatch(place -> place.from() == Template.From.NOW || place.from() == Template.From.ETAG);
    }

    private static Stream<Template> templates(DescribedRequest request) {
        return Stream.of(
                        Stream.of(request.path()),
                        request.query().values().stream(),
                        request.headers().values().stream())
                .flatMap(templates -> templates);
    }
}
