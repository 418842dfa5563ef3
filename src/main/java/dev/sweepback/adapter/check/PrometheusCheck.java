package dev.sweepback.adapter.check;

import dev.sweepback.gate.Measured;
import dev.sweepback.job.Comparison;
import dev.sweepback.job.Counted;
import dev.sweepback.job.PrometheusSubject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What an instant query measures ({@code GET /api/v1/query}, "HTTP API" in the documentation of Prometheus). Part of an answer is
 * none: Thanos and Prometheus say so by {@code warnings}, VictoriaMetrics by {@code isPartial}.
 */
final class PrometheusCheck {

    private static final String PATH = "/api/v1/query";

    private final Endpoints endpoints;

    PrometheusCheck(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    Measured ask(PrometheusSubject subject, Duration timeout) {
        Answered answered = endpoints.get(subject.endpoint(), PATH, Map.of("query", subject.query()), timeout);
        Optional<JsonNode> body = answered.json();
        if (body.isEmpty()) {
            return new Measured.NoData("answered with " + answered.status() + ", and with no JSON");
        }
        JsonNode answer = body.get();
        if (!answered.response().successful()
                || !answer.path("status").asString("").equals("success")) {
            return new Measured.NoData("the query was answered with " + answered.status() + ": "
                    + answered.hidden().in(answer.path("error").asString("it does not say why")));
        }
        JsonNode warnings = answer.path("warnings");
        if (!warnings.isMissingNode() && !(warnings.isArray() && warnings.isEmpty())) {
            return new Measured.NoData("the answer may be a part: "
                    + answered.hidden().in(warnings.path(0).asString("it warns")));
        }
        JsonNode partial = answer.path("isPartial");
        if (!partial.isMissingNode() && !(partial.isBoolean() && !partial.asBoolean())) {
            return new Measured.NoData("the answer is only a part");
        }
        return samples(subject, answered, answer.path("data"));
    }

    private static Measured samples(PrometheusSubject subject, Answered answered, JsonNode data) {
        JsonNode result = data.path("result");
        String type = data.path("resultType").asString("");
        if (type.equals("scalar")) {
            return compared(subject.comparison(), answered, List.of(result));
        }
        if (!type.equals("vector") || !result.isArray()) {
            return new Measured.NoData("the query gives no vector and no scalar: "
                    + answered.hidden().in(type));
        }
        if (result.isEmpty()) {
            return new Measured.NoData("the query gives no sample");
        }
        if (result.size() > 1 && !subject.everySample()) {
            return new Measured.NoData("the query gives " + Counted.text(result.size(), "sample")
                    + ", one is expected: aggregate them, or say samples: all");
        }
        List<JsonNode> values = new ArrayList<>();
        result.forEach(sample -> values.add(sample.path("value")));
        return compared(subject.comparison(), answered, values);
    }

    /** @param samples each a time and a number as text */
    private static Measured compared(Comparison comparison, Answered answered, List<JsonNode> samples) {
        String others = samples.size() == 1 ? "" : ", of " + Counted.text(samples.size(), "sample");
        Optional<String> wrong = Optional.empty();
        for (JsonNode sample : samples) {
            String text = text(sample, answered);
            Optional<Boolean> holds = Numbers.parse(text).flatMap(comparison::holds);
            if (holds.isEmpty()) {
                return new Measured.NoData(text.isEmpty() ? "a sample has no number" : "a sample is " + text);
            }
            if (!holds.get() && wrong.isEmpty()) {
                wrong = Optional.of(text);
            }
        }
        String first = text(samples.get(0), answered);
        return wrong.<Measured>map(text ->
                        new Measured.Bad("it is " + text + ", expected: " + comparison.text() + others, text + others))
                .orElseGet(() -> new Measured.Good(first + others));
    }

    private static String text(JsonNode sample, Answered answered) {
        JsonNode number = sample.path(1);
        return number.isString() ? answered.hidden().in(number.asString()) : "";
    }
}
