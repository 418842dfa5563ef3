package dev.sweepback.gate;

import dev.sweepback.job.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts good answers in a row, each an interval after the one before. In memory: who starts anew counts anew. Thread-safe. */
final class GoodRows {

    /** How many intervals may pass without an answer before a row is void. */
    private static final int PATIENCE = 10;

    /** Who asks once a minute gets a row as well, however short the interval is. */
    private static final Duration SHORTEST = Duration.ofMinutes(3);

    /**
     * @param counted when the last answer came that counts
     * @param last when the last answer came
     * @param voidAfter when it is too long ago
     */
    record Row(int count, Instant counted, Instant last, Instant voidAfter) {}

    private final Map<String, Row> rows = new ConcurrentHashMap<>();

    /** The row with one more good answer, which counts only if it is an interval after the last that did. */
    Row good(String key, Check check, Instant now) {
        rows.values().removeIf(row -> isVoid(row, now));
        Duration longest = longest(check);
        return rows.merge(
                key,
                new Row(1, now, now, now.plus(longest)),
                (row, first) -> now.isBefore(row.counted().plus(check.interval()))
                        ? new Row(row.count(), row.counted(), now, first.voidAfter())
                        : new Row(row.count() + 1, now, now, first.voidAfter()));
    }

    private static Duration longest(Check check) {
        Duration intervals = check.interval().multipliedBy(PATIENCE);
        return (intervals.compareTo(SHORTEST) > 0 ? intervals : SHORTEST).plus(check.timeout());
    }

    void broken(String key) {
        rows.remove(key);
    }

    /** A clock that was set back tells nothing of how long ago it was. */
    private static boolean isVoid(Row row, Instant now) {
        return now.isAfter(row.voidAfter()) || now.isBefore(row.last());
    }
}
