package dev.sweepback.connector;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.sandbox.Faults;
import java.time.Duration;

/** What can go wrong between us and a system, and what it has to be called. */
enum Trouble {
    TIMEOUT(Kind.TIMEOUT),
    RESET(Kind.UNREACHABLE),
    RESET_AFTERWARDS(Kind.UNREACHABLE),
    CUT_BODY(Kind.UNREACHABLE),
    UNAUTHORIZED(Kind.UNAUTHENTICATED),
    FORBIDDEN(Kind.FORBIDDEN),
    NOT_FOUND(Kind.NOT_FOUND),
    CONFLICT(Kind.CONFLICT),
    TOO_MANY(Kind.THROTTLED),
    SYSTEM_ERROR(Kind.SYSTEM_ERROR),
    WRONG_JSON(Kind.MALFORMED),
    BROKEN_JSON(Kind.MALFORMED),
    HTML(Kind.MALFORMED);

    private final Kind kind;

    Trouble(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    void befall(Faults.Rule rule) {
        switch (this) {
            case TIMEOUT -> rule.lateAnswer(Duration.ofMinutes(1));
            case RESET -> rule.reset();
            case RESET_AFTERWARDS -> rule.resetAfterwards();
            case CUT_BODY -> rule.cutBody();
            case UNAUTHORIZED -> answer(rule, 401);
            case FORBIDDEN -> answer(rule, 403);
            case NOT_FOUND -> answer(rule, 404);
            case CONFLICT -> answer(rule, 409);
            case TOO_MANY -> rule.slowDown(429, Duration.ofSeconds(1), "{}");
            case SYSTEM_ERROR -> answer(rule, 500);
            case WRONG_JSON -> rule.wrongJson();
            case BROKEN_JSON -> rule.brokenJson();
            case HTML -> rule.html();
        }
    }

    Connection.Timeouts timeouts() {
        return this == TIMEOUT
                ? new Connection.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2))
                : Connection.Timeouts.DEFAULT;
    }

    private static void answer(Faults.Rule rule, int status) {
        rule.answer(status, "application/json", "{}");
    }
}
