package dev.sweepback.adapter.check;

import dev.sweepback.gate.Measured;
import dev.sweepback.job.HttpSubject;
import dev.sweepback.job.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** What an HTTP server answers to a GET, held against what is expected. */
final class HttpCheck {

    private final Endpoints endpoints;

    HttpCheck(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    Measured ask(HttpSubject subject, Duration timeout) {
        Answered answered = endpoints.get(subject.endpoint(), "", subject.query(), timeout);
        boolean expected = subject.status()
                .map(status -> status == answered.status())
                .orElseGet(() -> answered.response().successful());
        String wanted = subject.status().map(String::valueOf).orElse("a success");
        if (!expected) {
            String what = "answered with " + answered.status() + ", expected is " + wanted;
            return answered.saysNothing()
                    ? new Measured.NoData(what)
                    : new Measured.Bad(what, String.valueOf(answered.status()));
        }
        if (subject.json().isEmpty()) {
            return new Measured.Good(String.valueOf(answered.status()));
        }
        Optional<JsonNode> body = answered.json();
        return body.isPresent()
                ? body(subject, answered, body.get())
                : new Measured.NoData("answered with " + answered.status() + ", and with no JSON");
    }

    private static Measured body(HttpSubject subject, Answered answered, JsonNode body) {
        List<String> seen = new ArrayList<>(List.of(String.valueOf(answered.status())));
        List<String> wrong = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, Wanted> entry : subject.json().entrySet()) {
            String pointer = entry.getKey();
            JsonNode value = body.at(JsonPointer.compile(pointer));
            if (value.isMissingNode()) {
                unknown.add("the answer has no " + pointer);
                continue;
            }
            String shown = pointer + " is " + answered.shown(value);
            seen.add(shown);
            boolean tooLong = entry.getValue() instanceof Wanted.Matches
                    && value.isString()
                    && value.asString().length() > Wanted.LONGEST_MATCHED;
            if (tooLong) {
                unknown.add(pointer + " is longer than " + Wanted.LONGEST_MATCHED + " characters");
            } else if (!entry.getValue().holds(value)) {
                wrong.add(shown + ", expected: it " + entry.getValue().text());
            }
        }
        String evidence = String.join(", ", seen);
        if (!wrong.isEmpty()) {
            return new Measured.Bad(String.join("; ", wrong), evidence);
        }
        return unknown.isEmpty() ? new Measured.Good(evidence) : new Measured.NoData(String.join("; ", unknown));
    }
}
