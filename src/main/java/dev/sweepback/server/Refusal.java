package dev.sweepback.server;

import java.util.Locale;

/** Why a signal was refused. The words are in metrics and in the record: public contract. */
enum Refusal {
    LIMIT(429),
    NOT_CONFIGURED(404),
    CONTENT_TYPE(415),
    TOO_LARGE(413),
    SLOW(408),
    BUSY(503),
    SIGNATURE(401),
    CLOCK(401),
    BODY(400),
    UPGRADE_MISSING(400),
    EVENT(400),
    UNKNOWN_UPGRADE(404),
    ENVIRONMENT(409),
    STATE(409),
    JOURNAL(503),
    UNEXPECTED(500);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** Of the HTTP answer. */
    int status() {
        return status;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
