package dev.sweepback.gate;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that were begun in the hour up to now, as the journal tells it. Undo does not count. */
public final class Begun {

    /** In the entry that begins a cleanup or a due removal: the name of its policy. */
    public static final String POLICY = "policy";

    static final Duration HOUR = Duration.ofHours(1);

    private Begun() {}

    /**
     * When those of all runs under a policy were begun, oldest first. What lies ahead was begun before the clock was set back; it
     * counts as well, but not what lies further ahead than an hour.
     */
    static List<Instant> inTheHour(JournalReader journal, String policy, Instant now) {
        List<Entry> intents = new ArrayList<>();
        journal.read(Query.of(EntryType.OPERATION_INTENT).from(now.minus(HOUR)).until(now.plus(HOUR)), entry -> {
            if (entry.reverts().isEmpty() && entry.time().isAfter(now.minus(HOUR))) {
                intents.add(entry);
            }
        });
        Map<RunId, Boolean> counted = new HashMap<>();
        return intents.stream()
                .filter(intent ->
                        counted.computeIfAbsent(intent.run().orElseThrow(), run -> isUnder(policy, run, journal)))
                .map(Entry::time)
                .sorted()
                .toList();
    }

    /** A run that does not say, as it was begun by an older version, may have been under any. */
    private static boolean isUnder(String policy, RunId run, JournalReader journal) {
        Optional<Entry> started = journal.first(Query.of(EntryType.RUN_STARTED).run(run));
        return started.flatMap(entry -> entry.data(POLICY)).map(policy::equals).orElse(true);
    }
}
