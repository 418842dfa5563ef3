package dev.sweepback.adapter.http;

import dev.sweepback.gate.ClockWatch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Passes on the times that answers of one system tell; not those that a cache has kept. */
final class Dates {

    private static final List<String> CACHES = List.of("x-cache", "x-cache-status", "cf-cache-status");

    private final String system;
    private final Clock clock;
    private final ClockWatch watch;

    Dates(String system, Clock clock, ClockWatch watch) {
        this.system = system;
        this.clock = clock;
        this.watch = watch;
    }

    Response send(Http wire, Request request) {
        Instant before = clock.instant();
        Response response = wire.send(request);
        if (!isKept(response)) {
            response.date().ifPresent(date -> watch.answered(system, before, date, clock.instant()));
        }
        return response;
    }

    private static boolean isKept(Response response) {
        return response.header("age").isPresent()
                || CACHES.stream()
                        .flatMap(name -> response.header(name).stream())
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("hit"));
    }
}
