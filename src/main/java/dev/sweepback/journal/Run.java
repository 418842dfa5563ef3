package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The carrying out of one plan: a fold over its entries. */
public final class Run {

    private final RunId id;
    private final Entry started;
    private final Map<OperationId, OperationRecord> operations = new LinkedHashMap<>();
    private Optional<Entry> last;
    private boolean undone;

    private Run(Entry started) {
        this.id = started.run().orElseThrow();
        this.started = started;
        this.last = Optional.of(started);
    }

    public static Optional<Run> find(JournalReader journal, RunId id) {
        List<Entry> entries = journal.read(Query.all().run(id));
        if (entries.isEmpty() || entries.get(0).type() != EntryType.RUN_STARTED) {
            return Optional.empty();
        }
        Run run = new Run(entries.get(0));
        entries.forEach(run::add);
        OperationRecord.fold(entries).forEach(operation -> run.operations.put(operation.id(), operation));
        run.undone = journal
                .read(Query.of(EntryType.RUN_FINISHED).after(entries.get(0).seq()))
                .stream()
                .anyMatch(run::tookAllBack);
        return Optional.of(run);
    }

    /** All runs, oldest first. */
    public static List<Run> all(JournalReader journal) {
        return journal.read(Query.of(EntryType.RUN_STARTED)).stream()
                .flatMap(entry -> find(journal, entry.run().orElseThrow()).stream())
                .toList();
    }

    /** The runs that were begun and neither finished nor stopped, oldest first. */
    public static List<Run> interrupted(JournalReader journal) {
        List<RunId> finished = journal.read(Query.of(EntryType.RUN_FINISHED)).stream()
                .flatMap(entry -> entry.run().stream())
                .toList();
        return journal.read(Query.of(EntryType.RUN_STARTED)).stream()
                .flatMap(entry -> entry.run().stream())
                .filter(id -> !finished.contains(id))
                .flatMap(id -> find(journal, id).stream())
                .toList();
    }

    private boolean tookAllBack(Entry finished) {
        return finished.data("undoOf").filter(id.value()::equals).isPresent()
                && finished.data("whole").filter("true"::equals).isPresent();
    }

    private void add(Entry entry) {
        switch (entry.type()) {
            case RUN_PAUSED, RUN_RESUMED, RUN_FINISHED -> last = Optional.of(entry);
            default -> {
                // operations are folded apart
            }
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
