package dev.sweepback.server;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records how many signals were refused: one entry for a minute in which there were any, at the end of that minute or when it
 * is closed. So whoever floods the daemon does not flood its journal.
 */
public final class RefusedSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedSignals.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Journal journal;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /** By receiver and reason, since {@link #since}. */
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();

    private Instant since = Instant.MIN;
    private Instant due = Instant.MIN;

    public RefusedSignals(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "refused-signals");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on it records what is due by itself. */
    public RefusedSignals start() {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::recordDue, 1, 1, TimeUnit.SECONDS);
        return this;
    }

    synchronized void add(Receiver receiver, Refusal refusal) {
        if (counts.isEmpty()) {
            since = clock.instant();
            due = since.plus(PERIOD);
        }
        counts.computeIfAbsent(receiver.word(), unused -> new TreeMap<>()).merge(refusal.word(), 1L, Long::sum);
    }

    /** Records them once their minute is over. Never throws. */
    synchronized void recordDue() {
        if (!clock.instant().isBefore(due)) {
            record();
        }
    }

    /** Records them now, if there are any. Never throws: what cannot be recorded is kept for the next minute. */
    public synchronized void record() {
        if (counts.isEmpty()) {
            return;
        }
        try {
            journal.append(draft());
            counts.clear();
        } catch (JournalException e) {
            due = clock.instant().plus(PERIOD);
            LOG.warn("{}; the count of refused signals is not recorded, tried again in a minute", e.getMessage());
        } catch (RuntimeException e) {
            due = clock.instant().plus(PERIOD);
            LOG.error("the count of refused signals could not be recorded, tried again in a minute", e);
        }
    }

    private Draft draft() {
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

    /** Records what is left. */
    @Override
    public void close() {
        timer.shutdown();
        record();
    }
}
