package dev.sweepback.adapter.rest;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Use;
import dev.sweepback.job.DescribedField;
import dev.sweepback.job.Description;
import dev.sweepback.job.Template;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Items as resources. */
final class RestResources {

    private final Description description;
    private final Connection connection;
    private final Redaction redaction;

    RestResources(Description description, Connection connection, Redaction redaction) {
        this.description = description;
        this.connection = connection;
        this.redaction = redaction;
    }

    ResourceRef ref(String id) {
        return new ResourceRef(description.resource(), connection.name(), id);
    }

    /** @throws ConnectorException if a snapshot of it would not be exact */
    Capture.Present capture(String id, JsonNode item) {
        Optional<String> inexact = ItemState.inexact(description, item);
        if (inexact.isPresent()) {
            throw malformed(id, "holds a number at " + inexact.get() + " that is too large to be kept exactly");
        }
        return new Capture.Present(resource(id, item), ItemState.of(description, item));
    }

    Resource resource(String id, JsonNode item) {
        Map<String, Object> fields = new TreeMap<>();
        for (DescribedField field : description.fields()) {
            JsonNode node = item.at(field.pointer());
            if (!node.isMissingNode() && !node.isNull()) {
                fields.put(field.name(), value(id, field, node));
            } else if (!field.field().optional()) {
                throw malformed(
                        id, "has nothing at " + field.pointer() + ", where field '" + field.name() + "' should be");
            }
        }
        String name = name(id, item);
        return new Resource(
                ref(id),
                name,
                List.of(),
                fields,
                redaction.fingerprint(id + '\0' + name + '\0' + fields),
                new Use.NotTold(),
                untouchable(id, item));
    }

    private String name(String id, JsonNode item) {
        JsonNode name = item.at(description.label());
        boolean printable =
                (name.isString() || name.isIntegralNumber()) && !name.asString().isBlank();
        if (printable && name.asString().contains("://")) {
            return redaction.url(name.asString());
        }
        return printable ? name.asString().replaceAll("\\p{Cntrl}", "?") : id;
    }

    /** What could not be asked for, or not be put back as it was, is left alone. */
    private Optional<String> untouchable(String id, JsonNode item) {
        boolean path = description.capture().request().path().places().stream()
                .anyMatch(place -> place.from() == Template.From.ID && place.path());
        if (Places.unusable(id, path).isPresent()) {
            return Optional.of("its id cannot be a part of a path");
        }
        return item.isObject()
                ? ItemState.inexact(description, item)
                        .map(pointer -> "it holds a number at " + pointer + " that is too large to be kept exactly")
                : Optional.empty();
    }

    private Object value(String id, DescribedField field, JsonNode node) {
        Optional<Object> value = switch (field.field().type()) {
            case TEXT -> node.isString() ? Optional.of(node.asString()) : Optional.empty();
            case NUMBER ->
                node.isIntegralNumber() && node.canConvertToLong() ? Optional.of(node.longValue()) : Optional.empty();
            case BOOLEAN -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
            case TIME -> time(field.time(), node).map(time -> time);
            case TEXTS, TEXT_MAP -> texts(node);
        };
        return value.orElseThrow(() -> malformed(
                id,
                "has something at " + field.pointer() + " that is no "
                        + field.field().type().name().toLowerCase(Locale.ROOT) + ", as field '" + field.name()
                        + "' says"));
    }

    private static Optional<Object> texts(JsonNode node) {
        return node.isArray() && node.valueStream().allMatch(JsonNode::isString)
                ? Optional.of(node.valueStream().map(JsonNode::asString).toList())
                : Optional.empty();
    }

    private static Optional<Instant> time(DescribedField.Time format, JsonNode node) {
        try {
            return switch (format) {
                case ISO ->
                    node.isString()
                            ? Optional.of(OffsetDateTime.parse(node.asString()).toInstant())
                            : Optional.empty();
                case SECONDS -> whole(node).map(Instant::ofEpochSecond);
                case MILLISECONDS -> whole(node).map(Instant::ofEpochMilli);
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> whole(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? Optional.of(node.longValue()) : Optional.empty();
    }

    private ConnectorException malformed(String id, String what) {
        return new ConnectorException(
                Kind.MALFORMED,
                connection.name(),
                description.resource() + " '" + id.replaceAll("\\p{Cntrl}", "?") + "' " + what,
                "correct the description in " + description.source().path() + ", or check the connection's url");
    }
}
