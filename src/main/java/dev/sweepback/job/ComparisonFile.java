package dev.sweepback.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads how a measured value must compare. */
final class ComparisonFile {

    private final Findings findings;

    ComparisonFile(Findings findings) {
        this.findings = findings;
    }

    /**
     * Empty if it cannot be used; the findings then say why.
     *
     * @param numbers whether nothing but numbers is measured
     */
    Optional<Comparison> read(Values subject, boolean numbers) {
        List<Comparison.Bound> bounds = new ArrayList<>();
        int given = 0;
        for (Comparison.Operator operator : Comparison.Operator.values()) {
            if (subject.has(operator.word())) {
                given++;
                bound(operator, subject, numbers).ifPresent(bounds::add);
            }
        }
        if (given == 0) {
            findings.add(
                    subject.mapping().place(),
                    "it is not said what the value must be",
                    "one of " + String.join(", ", Comparison.Operator.words()),
                    "add one of these keys");
        }
        if (given > 1 && subject.has(Comparison.Operator.EQUALS.word())) {
            findings.add(
                    subject.keyPlace(Comparison.Operator.EQUALS.word()),
                    "'equals' leaves nothing to the other bounds",
                    "'equals' alone, or the others",
                    "remove it, or the others");
        }
        return given > 0 && bounds.size() == given ? Optional.of(new Comparison(bounds)) : Optional.empty();
    }

    private Optional<Comparison.Bound> bound(Comparison.Operator operator, Values subject, boolean numbers) {
        Node node = subject.node(operator.word());
        Optional<JsonNode> operand =
                node instanceof Node.Scalar scalar ? ExactJson.of(scalar) : Optional.<JsonNode>empty();
        boolean ordered = operator != Comparison.Operator.EQUALS;
        boolean fits = operand.filter(value -> value.isNumber()
                        || (!numbers && value.isString() && (!ordered || DottedVersion.is(value.asString())))
                        || (!numbers && value.isBoolean() && !ordered))
                .isPresent();
        if (!fits) {
            findings.add(
                    node.place(),
                    "'" + operator.word() + "' has nothing to compare with",
                    numbers
                            ? "a number"
                            : ordered
                                    ? "a number, or a version in quotes such as \"2.10\""
                                    : "a number, a text, true or false",
                    "correct it");
            return Optional.empty();
        }
        return operand.map(value -> new Comparison.Bound(operator, value));
    }
}
