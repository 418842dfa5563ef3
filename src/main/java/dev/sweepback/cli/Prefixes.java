package dev.sweepback.cli;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds ids by their first characters, four at least. */
final class Prefixes {

    private static final int SHORTEST = 4;
    private static final int MOST_NAMED = 5;

    private Prefixes() {}

    static Run run(JournalReader journal, String text) {
        return Run.find(journal, runId(journal, text)).orElseThrow();
    }

    static RunId runId(JournalReader journal, String text) {
        Set<String> found = matches(
                journal, Query.of(EntryType.RUN_STARTED), entry -> entry.run().map(RunId::value), text);
        return new RunId(only(found, "run", text, "see the runs: sweepback history"));
    }

    static Plan plan(JournalReader journal, String text) {
        Set<String> found = matches(
                journal, Query.of(EntryType.PLAN_MADE), entry -> entry.plan().map(PlanId::value), text);
        String id = only(found, "plan", text, "make one: sweepback plan JOB");
        return Plans.find(journal, new PlanId(id)).orElseThrow();
    }

    /** Empty if there is none. */
    static Optional<OperationId> operation(JournalReader journal, String text) {
        Query query = Query.of(EntryType.OPERATION_INTENT, EntryType.OPERATION_OUTCOME, EntryType.OPERATION_SKIPPED);
        Set<String> found = matches(journal, query, entry -> entry.operation().map(OperationId::value), text);
        return found.isEmpty() ? Optional.empty() : Optional.of(new OperationId(only(found, "operation", text, "")));
    }

    private static Set<String> matches(
            JournalReader journal, Query query, Function<Entry, Optional<String>> id, String text) {
        Set<String> found = new LinkedHashSet<>();
        journal.read(
                query,
                entry -> id.apply(entry)
                        .filter(value -> text.length() < SHORTEST ? value.equals(text) : value.startsWith(text))
                        .ifPresent(found::add));
        return found.contains(text) ? Set.of(text) : found;
    }

    private static String only(Set<String> found, String what, String text, String remedy) {
        if (found.isEmpty()) {
            boolean tooShort = text.length() < SHORTEST;
            throw Failures.usage(
                    "unknown-" + what,
                    "there is no " + what + " '" + text + "'",
                    what + " " + text,
                    (tooShort ? "give at least " + SHORTEST + " characters; " : "") + remedy);
        }
        if (found.size() > 1) {
            List<String> some = found.stream().limit(MOST_NAMED).toList();
            throw Failures.usage(
                    "ambiguous-" + what,
                    found.size() + " " + what + "s begin with '" + text + "'",
                    what + " " + text,
                    "give more characters: " + String.join(", ", some) + (found.size() > some.size() ? ", …" : ""));
        }
        return found.iterator().next();
    }
}
