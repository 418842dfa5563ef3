package dev.sweepback.job;

import dev.sweepback.connector.Fields;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes fields of parts of a description. */
final class DescribedFieldFile {

    private static final Set<String> BUILT_IN = Set.of("id", "name", "tracked");
    /** What CEL keeps for itself. */
    private static final Set<String> RESERVED = Set.of(
            "in",
            "true",
            "false",
            "null",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private final Description.Capturing capture;
    private final Findings findings;

    DescribedFieldFile(Description.Capturing capture, Findings findings) {
        this.capture = capture;
        this.findings = findings;
    }

    List<DescribedField> read(Values fields) {
        List<DescribedField> read = new ArrayList<>();
        for (String name : fields.names()) {
            if (BUILT_IN.contains(name) || RESERVED.contains(name)) {
                findings.add(
                        fields.keyPlace(name),
                        "a field cannot be called '" + name + "': conditions "
                                + (RESERVED.contains(name)
                                        ? "keep the word for themselves"
                                        : "have that field already"),
                        "another name",
                        "rename it");
            }
            read.add(field(name, fields.section(name)));
        }
        return read;
    }

    private DescribedField field(String name, Values values) {
        Fields.Type type = Fields.Type.valueOf(values.text("type").toUpperCase(Locale.ROOT));
        if (values.has("time") && type != Fields.Type.TIME) {
            findings.add(
                    values.keyPlace("time"), "'time' has no effect: the field is no time", "type: time", "remove it");
        }
        if (Pointers.covers(capture.masked(), values.text("pointer"))) {
            findings.add(
                    values.place("pointer"),
                    "the field shows a secret: " + values.text("pointer") + " is 'masked'",
                    "a field that may be printed",
                    "remove the field");
        }
        DescribedField.Time time =
                DescribedField.Time.valueOf(values.find("time").orElse("iso").toUpperCase(Locale.ROOT));
        return new DescribedField(
                new Fields.Field(
                        name, type, values.flag("optional", false), values.text("description"), sample(type, values)),
                values.text("pointer"),
                time);
    }

    private Object sample(Fields.Type type, Values values) {
        if (!values.has("sample")) {
            return usual(type);
        }
        Node node = values.node("sample");
        Optional<Object> sample = switch (type) {
            case TEXT -> scalar(node, Node.Scalar.Type.TEXT).map(text -> text);
            case NUMBER ->
                scalar(node, Node.Scalar.Type.NUMBER)
                        .filter(text -> text.matches("-?\\d{1,18}"))
                        .map(Long::valueOf);
            case BOOLEAN -> scalar(node, Node.Scalar.Type.BOOLEAN).map(text -> text.equalsIgnoreCase("true"));
            case TIME -> scalar(node, Node.Scalar.Type.TEXT).flatMap(DescribedFieldFile::time);
            case TEXTS, TEXT_MAP -> texts(node);
        };
        if (sample.isEmpty()) {
            findings.add(
                    node.place(),
                    "'sample' is no " + type.name().toLowerCase(Locale.ROOT),
                    expected(type),
                    "correct it");
        }
        return sample.orElseGet(() -> usual(type));
    }

    private static Optional<String> scalar(Node node, Node.Scalar.Type type) {
        return node instanceof Node.Scalar scalar && scalar.type() == type
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private static Optional<Object> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> texts(Node node) {
        if (node instanceof Node.Sequence sequence
                && sequence.items().stream()
                        .allMatch(item -> scalar(item, Node.Scalar.Type.TEXT).isPresent())) {
            return Optional.of(sequence.items().stream().map(Values::scalar).toList());
        }
        return Optional.empty();
    }

    private static String expected(Fields.Type type) {
        return switch (type) {
            case TEXT -> "a text";
            case NUMBER -> "a whole number";
            case BOOLEAN -> "true or false";
            case TIME -> "a time in quotes such as \"2026-05-01T12:00:00Z\"";
            case TEXTS, TEXT_MAP -> "a list of texts";
        };
    }

    private static Object usual(Fields.Type type) {
        return switch (type) {
            case TEXT -> "text";
            case NUMBER -> 1L;
            case BOOLEAN -> true;
            case TIME -> Instant.parse("2026-01-01T00:00:00Z");
            case TEXTS, TEXT_MAP -> List.of("text");
        };
    }
}
