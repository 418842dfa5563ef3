package dev.sweepback.adapter.check;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.gate.Measured;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Endpoint;
import dev.sweepback.job.VersionSubject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.semver4j.Semver;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** The version that every replica tells: each must answer, and each answer must do. */
final class VersionCheck {

    private static final int THREADS = 16;
    private static final int LONGEST = 100;

    /** What one replica says: a version that will do or not, or nothing. */
    private record Told(Endpoint replica, String what, Optional<Boolean> good) {
        String text() {
            return replica + ": " + what;
        }
    }

    private final Endpoints endpoints;

    VersionCheck(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    Measured ask(VersionSubject subject, Optional<String> to, Duration timeout) {
        if (subject.range().isEmpty() && to.isEmpty()) {
            return new Measured.NoData("there is no upgrade whose version it could be");
        }
        List<Told> all =
                InParallel.map(THREADS, subject.endpoints(), replica -> told(replica, subject, to.orElse(""), timeout));
        List<Told> wrong = all.stream()
                .filter(told -> told.good().filter(good -> !good).isPresent())
                .toList();
        List<Told> silent = all.stream().filter(told -> told.good().isEmpty()).toList();
        if (!wrong.isEmpty()) {
            String expected = subject.range().map(range -> range.text()).orElseGet(to::orElseThrow);
            return new Measured.Bad(text(wrong) + "; expected: " + expected, text(wrong));
        }
        if (!silent.isEmpty()) {
            return new Measured.NoData(text(silent));
        }
        String versions = all.stream().map(Told::what).distinct().sorted().collect(Collectors.joining(", "));
        return new Measured.Good(versions + " on " + Counted.text(all.size(), "replica"));
    }

    private static String text(List<Told> some) {
        return some.stream().map(Told::text).collect(Collectors.joining("; "));
    }

    private Told told(Endpoint replica, VersionSubject subject, String to, Duration timeout) {
        try {
            Answered answered = endpoints.get(replica, "", Map.of(), timeout);
            if (!answered.response().successful()) {
                return new Told(replica, "answered with " + answered.status(), Optional.empty());
            }
            Optional<String> version = subject.pointer().isPresent()
                    ? at(subject.pointer().get(), answered)
                    : Optional.of(answered.response().body().strip()).filter(text -> text.length() <= LONGEST);
            return version.filter(text -> !text.isEmpty())
                    .map(text -> held(replica, subject, answered.hidden().in(text), to))
                    .orElseGet(() -> new Told(
                            replica,
                            "tells no version"
                                    + subject.pointer().map(at -> " at " + at).orElse(""),
                            Optional.empty()));
        } catch (ConnectorException e) {
            return new Told(replica, String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private static Optional<String> at(String pointer, Answered answered) {
        return answered.json()
                .map(body -> body.at(JsonPointer.compile(pointer)))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .filter(text -> text.length() <= LONGEST);
    }

    private static Told held(Endpoint replica, VersionSubject subject, String version, String to) {
        if (subject.range().isEmpty()) {
            return new Told(replica, version, Optional.of(version.equals(to)));
        }
        Semver parsed = Semver.parse(version);
        return parsed == null
                ? new Told(replica, "'" + version + "' is no semantic version", Optional.empty())
                : new Told(replica, version, Optional.of(subject.range().get().contains(parsed)));
    }
}
