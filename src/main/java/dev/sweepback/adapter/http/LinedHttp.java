package dev.sweepback.adapter.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sends each request in its turn, heeds what the answers say of limits, and sends again what was refused as one too many, if that
 * can be waited for: such a request has certainly not acted, so that holds for writes too. Their wait must fit into the
 * time of their operation ({@link dev.sweepback.connector.SendWindow}).
 */
final class LinedHttp implements Http {

    /**
     * What is sent again of a writer's. Not what was answered with 503, which slows the connection down all the same: it may come
     * from something in between that gave up on a system which has acted, so only a look tells.
     */
    static final Predicate<Response> WRITES = Throttling::refuses;

    /** What is sent again of a reader's. */
    static final Predicate<Response> READS = response -> Throttling.refuses(response) || response.status() == 503;

    /** For who asks again by itself. */
    static final Predicate<Response> NEVER = response -> false;

    private static final int ATTEMPTS = 4;

    private final Http wire;
    private final Line line;
    private final Optional<Clock> clock;
    private final Optional<Dates> dates;
    private final Predicate<Response> again;

    /**
     * @param clock for answers that do not tell the time of their sender
     * @param dates gets the times that answers tell
     */
    LinedHttp(Http wire, Line line, Optional<Clock> clock, Optional<Dates> dates, Predicate<Response> again) {
        this.wire = wire;
        this.line = line;
        this.clock = clock;
        this.dates = dates;
        this.again = again;
    }

    @Override
    public Response send(Request request) {
        LinedRequest lined = new LinedRequest(request);
        for (int attempt = 1; ; attempt++) {
            Response response = send(request, lined, attempt);
            if (attempt == ATTEMPTS || !again.test(response)) {
                return response;
            }
            lined.refused(response);
        }
    }

    private Response send(Request request, LinedRequest lined, int attempt) {
        line.enter(lined);
        try {
            Response response = dates.map(known -> known.send(wire, request)).orElseGet(() -> wire.send(request));
            heed(response, attempt);
            return response;
        } finally {
            line.leave();
        }
    }

    private void heed(Response response, int attempt) {
        Optional<Instant> now = clock.map(Clock::instant);
        Optional<Duration> wait = Throttling.wait(response, now);
        if (wait.isPresent()) {
            line.close(wait.get(), words(response.date().or(() -> now), wait.get()));
        } else if (READS.test(response)) {
            line.close(Duration.ofSeconds(attempt), "");
        }
    }

    private static String words(Optional<Instant> now, Duration wait) {
        return now.map(time -> ", until " + time.plus(wait).truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
    }
}
