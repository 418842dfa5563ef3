package dev.sweepback.run;

import dev.sweepback.job.Job;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run that has ended and whose checks are asked on.
 *
 * @param until when they need not be asked any more
 */
public record Watch(Run run, Instant until) {

    /** In the entry that ends a run. */
    static final String UNTIL = "watchUntil";

    /** In the entry that ends a watch: {@code good}, {@code failed}, {@code unknown} or {@code ended}. */
    static final String RESULT = "result";

    /** Those that have not ended yet, oldest first. */
    public static List<Watch> open(JournalReader journal) {
        Set<RunId> ended = new HashSet<>();
        journal.read(Query.of(EntryType.RUN_WATCHED), entry -> entry.run().ifPresent(ended::add));
        List<Watch> open = new ArrayList<>();
        journal.read(
                Query.of(EntryType.RUN_FINISHED),
                entry -> entry.data(UNTIL)
                        .map(Instant::parse)
                        .ifPresent(until -> entry.run()
                                .filter(id -> !ended.contains(id))
                                .flatMap(id -> Run.find(journal, id))
                                .filter(run -> run.state() != RunState.UNDONE)
                                .ifPresent(run -> open.add(new Watch(run, until)))));
        return open;
    }

    /** Says in the entry that ends a run until when it is watched, if the job wants that and something was done. */
    static Draft begin(Optional<Job> job, Run run, Instant now, Draft finished) {
        return job.filter(known -> !known.checks().isEmpty())
                .map(known -> known.backOut().watch())
                .filter(watch -> !watch.isZero())
                .filter(watch -> run.operations().stream().anyMatch(OperationRecord::leavesSomething))
                .map(watch -> finished.data(UNTIL, now.plus(watch).toString()))
                .orElse(finished);
    }
}
