package dev.sweepback.server;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How many signals were refused since when. Not thread-safe. */
final class RefusedCounts {

    private final Instant since;

    /** By receiver and reason. */
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();

    RefusedCounts(Instant since) {
        this.since = since;
    }

    void add(String receiver, String reason, long count) {
        counts.computeIfAbsent(receiver, unused -> new TreeMap<>()).merge(reason, count, Long::sum);
    }

    void addAll(RefusedCounts more) {
        more.counts.forEach((receiver, reasons) -> reasons.forEach((reason, count) -> add(receiver, reason, count)));
    }

    /** Holds numbers and our own words only, nothing that came from outside. */
    Draft draft() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        counts.forEach((receiver, reasons) -> {
            ObjectNode section = node.putObject(receiver);
            reasons.forEach(section::put);
        });
        String reason = counts.entrySet().stream()
                .map(receiver -> receiver.getKey() + ": "
                        + receiver.getValue().entrySet().stream()
                                .map(count -> count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return Draft.of(EntryType.SIGNALS_REFUSED, Actor.DAEMON)
                .reason(reason)
                .data("since", since.toString())
                .data("counts", node);
    }
}
