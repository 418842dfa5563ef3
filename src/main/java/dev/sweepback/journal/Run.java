package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The carrying out of one plan: a fold over its entries. */
public final class Run {

    private final RunId id;
    private final Entry started;
    private final Map<OperationId, OperationRecord> operations = new LinkedHashMap<>();
    private Optional<Entry> last;
    private long seq;
    private boolean undone;

    private Run(Entry started) {
        this.id = started.run().orElseThrow();
        this.started = started;
        this.last = Optional.of(started);
    }

    public static Optional<Run> find(JournalReader journal, RunId id) {
        return fold(journal, id).map(run -> {
            run.undone = run.canBeUndone() && run.isIn(TakenBack.ids(journal, run.started.seq()));
            return run;
        });
    }

    private static Optional<Run> fold(JournalReader journal, RunId id) {
        List<Entry> entries = journal.read(Query.all().run(id));
        if (entries.isEmpty() || entries.get(0).type() != EntryType.RUN_STARTED) {
            return Optional.empty();
        }
        Run run = new Run(entries.get(0));
        entries.forEach(run::add);
        return Optional.of(run);
    }

    /**
     * Hands over runs one by one, without holding them all and without reading what others did.
     *
     * @param started which of the entries of type {@code run.started}, and in which order
     */
    public static void each(JournalReader journal, Query started, Consumer<Run> consumer) {
        Set<OperationId> takenBack = TakenBack.ids(journal, 0);
        journal.read(
                started,
                entry -> fold(journal, entry.run().orElseThrow()).ifPresent(run -> {
                    run.undone = run.canBeUndone() && run.isIn(takenBack);
                    consumer.accept(run);
                }));
    }

    /** This run, not finished yet, with what was recorded of it since; reads no more than that. */
    public Run withNews(JournalReader journal) {
        Run run = new Run(started);
        run.operations.putAll(operations);
        run.last = last;
        run.seq = seq;
        journal.read(Query.all().run(id).after(seq)).forEach(run::add);
        return run;
    }

    /** The runs that were begun and neither finished nor stopped, oldest first. */
    public static List<Run> interrupted(JournalReader journal) {
        Set<RunId> finished = new HashSet<>();
        journal.read(Query.of(EntryType.RUN_FINISHED), entry -> entry.run().ifPresent(finished::add));
        return notUndone(journal, id -> !finished.contains(id));
    }

    /** The runs with an operation that was announced and is not settled, oldest first. */
    public static List<Run> withOpen(JournalReader journal) {
        Set<RunId> ids = OpenOperations.runs(journal);
        return ids.isEmpty() ? List.of() : notUndone(journal, ids::contains);
    }

    private static List<Run> notUndone(JournalReader journal, Predicate<RunId> wanted) {
        List<Run> runs = new ArrayList<>();
        journal.read(
                Query.of(EntryType.RUN_STARTED),
                entry -> entry.run()
                        .filter(wanted)
                        .flatMap(id -> fold(journal, id))
                        .ifPresent(runs::add));
        return runs;
    }

    private boolean canBeUndone() {
        return undoOf().isEmpty() && finished().isPresent() && open().isEmpty();
    }

    /** Whether all that the run did is among these; a run that did nothing cannot be taken back. */
    private boolean isIn(Set<OperationId> takenBack) {
        List<OperationRecord> left = operations.values().stream()
                .filter(OperationRecord::leavesSomething)
                .toList();
        return !left.isEmpty() && left.stream().map(OperationRecord::id).allMatch(takenBack::contains);
    }

    private void add(Entry entry) {
        seq = entry.seq();
        switch (entry.type()) {
            case RUN_PAUSED, RUN_RESUMED, RUN_FINISHED -> last = Optional.of(entry);
            default ->
                entry.operation()
                        .ifPresent(operation -> operations.compute(
                                operation,
                                (unused, known) -> known == null ? OperationRecord.first(entry) : known.with(entry)));
        }
    }

    public RunId id() {
        return id;
    }

    public Entry started() {
        return started;
    }

    public PlanId plan() {
        return started.plan().orElseThrow();
    }

    public String job() {
        return started.job().orElseThrow();
    }

    public Optional<UpgradeId> upgrade() {
        return started.upgrade();
    }

    /** {@code cleanup}, {@code due} or {@code undo}. */
    public String purpose() {
        return started.data("purpose").orElseThrow();
    }

    /** Whether it takes back what another one did. */
    public boolean isUndo() {
        return undoOf().isPresent();
    }

    public Optional<RunId> undoOf() {
        return started.data("undoOf").map(RunId::new);
    }

    /** Every operation that the run has come to, in the order of their first entries. */
    public Collection<OperationRecord> operations() {
        return List.copyOf(operations.values());
    }

    public Optional<OperationRecord> operation(OperationId operation) {
        return Optional.ofNullable(operations.get(operation));
    }

    public List<OperationRecord> open() {
        return operations.values().stream().filter(OperationRecord::open).toList();
    }

    /** The reason of the last pause, stop or finish. */
    public Optional<String> reason() {
        return last.flatMap(Entry::reason);
    }

    public Optional<Entry> finished() {
        return last.filter(entry -> entry.type() == EntryType.RUN_FINISHED);
    }

    /** The entry that paused it; empty if it is not paused. */
    public Optional<Entry> paused() {
        return last.filter(entry -> entry.type() == EntryType.RUN_PAUSED);
    }

    public RunState state() {
        Entry latest = last.orElse(started);
        if (latest.type() == EntryType.RUN_FINISHED) {
            if (undone) {
                return RunState.UNDONE;
            }
            return open().isEmpty() ? RunState.of(latest.data("state").orElseThrow()) : RunState.UNSETTLED;
        }
        return latest.type() == EntryType.RUN_PAUSED ? RunState.PAUSED : RunState.RUNNING;
    }

    public long count(Outcome... outcomes) {
        List<Outcome> any = List.of(outcomes);
        return operations.values().stream()
                .flatMap(operation -> operation.outcome().stream())
                .filter(any::contains)
                .count();
    }
}
