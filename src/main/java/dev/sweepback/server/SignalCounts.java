package dev.sweepback.server;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of signals since the start, in Prometheus' text format 0.0.4. */
public final class SignalCounts {

    private static final String ACCEPTED = "sweepback_signals_accepted_total";
    private static final String REFUSED = "sweepback_signals_refused_total";

    /** What an accepted signal led to. */
    enum Result {
        RECORDED,
        ALREADY,
        NOTHING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<String, LongAdder> accepted = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    /** All begin at 0, so that the first one is seen as a rise. */
    public SignalCounts() {
        for (Receiver receiver : Receiver.values()) {
            for (Result result : Result.values()) {
                accepted.put(labels(receiver, "result", result.word()), new LongAdder());
            }
            for (Refusal refusal : Refusal.values()) {
                refused.put(labels(receiver, "reason", refusal.word()), new LongAdder());
            }
        }
    }

    private static String labels(Receiver receiver, String name, String value) {
        return "{receiver=\"" + receiver.word() + "\"," + name + "=\"" + value + "\"}";
    }

    void accepted(Receiver receiver, Result result) {
        count(accepted, labels(receiver, "result", result.word()));
    }

    void refused(Receiver receiver, Refusal refusal) {
        count(refused, labels(receiver, "reason", refusal.word()));
    }

    private static void count(Map<String, LongAdder> counts, String labels) {
        counts.computeIfAbsent(labels, unused -> new LongAdder()).increment();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        write(text, ACCEPTED, "Signals that were believed, by what they led to.", accepted);
        write(text, REFUSED, "Signals that were refused, by reason.", refused);
        return text.toString();
    }

    private static void write(StringBuilder text, String name, String help, Map<String, LongAdder> counts) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" counter\n");
        new TreeMap<>(counts)
                .forEach((labels, count) -> text.append(name)
                        .append(labels)
                        .append(' ')
                        .append(count.sum())
                        .append('\n'));
    }
}
