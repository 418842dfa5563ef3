package dev.sweepback.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class RunTest {

    private static final int OPERATIONS = 5;

    private final Journal journal = new InMemoryJournal(Clock.systemUTC());

    /** Counts the entries that are handed over. */
    private static final class Counting implements JournalReader {

        private final JournalReader inner;
        private int visited;

        Counting(JournalReader inner) {
            this.inner = inner;
        }

        @Override
        public void read(Query query, Consumer<Entry> consumer) {
            inner.read(query, entry -> {
                visited++;
                consumer.accept(entry);
            });
        }

        @Override
        public State snapshot(String reference) {
            return inner.snapshot(reference);
        }

        @Override
        public byte[] document(String reference) {
            return inner.document(reference);
        }
    }

    @Test
    void allRunsComeOldestFirstWithWhatBecameOfThem() {
        finish(begin("first", Optional.empty(), Outcome.DONE), "succeeded");
        begin("second", Optional.empty(), Outcome.FAILED);
        finish(begin("undo", Optional.of("first"), Outcome.DONE), "succeeded");

        assertThat(Runs.all(journal)).extracting(run -> run.id().value()).containsExactly("first", "second", "undo");
        assertThat(Runs.all(journal))
                .extracting(Run::state)
                .containsExactly(RunState.UNDONE, RunState.RUNNING, RunState.SUCCEEDED)
                .isEqualTo(found("first", "second", "undo"));
        assertThat(Run.interrupted(journal)).extracting(run -> run.id().value()).containsExactly("second");
    }

    @Test
    void anUndoThatPutNothingBackLeavesTheRunAsItWas() {
        finish(begin("first", Optional.empty(), Outcome.DONE), "succeeded");
        finish(begin("undo", Optional.of("first"), Outcome.FAILED), "failed");

        assertThat(Runs.all(journal).get(0).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void theRunsWithOpenOperationsAreFoundAlsoAfterTheirEnd() {
        finish(begin("settled", Optional.empty(), Outcome.DONE), "succeeded");
        RunId late = begin("late", Optional.empty(), Outcome.DONE);
        intent(late, "late-open");
        finish(late, "partial");
        intent(begin("under-way", Optional.empty(), Outcome.DONE), "under-way-open");
        journal.append(operation(EntryType.OPERATION_UNSETTLED, late, "late-open"));

        assertThat(Run.withOpen(journal)).extracting(run -> run.id().value()).containsExactly("late", "under-way");
        assertThat(Run.withOpen(journal).get(0).state()).isEqualTo(RunState.UNSETTLED);

        journal.append(operation(EntryType.OPERATION_OUTCOME, late, "late-open").outcome(Outcome.DONE));

        assertThat(Run.withOpen(journal)).extracting(run -> run.id().value()).containsExactly("under-way");
    }

    @Test
    void anOperationThatTwoRunsShareIsOpenInTheOneThatHasNotSettledIt() {
        RunId first = begin("first", Optional.empty(), Outcome.DONE);
        RunId second = begin("second", Optional.empty(), Outcome.DONE);
        intent(first, "shared");
        intent(second, "shared");
        journal.append(operation(EntryType.OPERATION_OUTCOME, second, "shared").outcome(Outcome.DONE));

        assertThat(Run.withOpen(journal)).extracting(run -> run.id().value()).containsExactly("first");
    }

    @Test
    void onlyTheRunsThatAreAskedForAreRead() {
        for (int run = 0; run < 20; run++) {
            finish(begin("run" + run, Optional.empty(), Outcome.DONE), "succeeded");
        }
        Counting counting = new Counting(journal);
        List<String> newest = new ArrayList<>();

        Run.each(
                counting,
                Query.of(EntryType.RUN_STARTED).latest(2),
                run -> newest.add(run.id().value()));

        assertThat(newest).containsExactly("run19", "run18");
        assertThat(counting.visited).isEqualTo(20 + 2 + 2 * (2 + 2 * OPERATIONS));
    }

    @Test
    void whatIsReadGrowsAsTheHistoryDoes() {
        assertThat(visits(40)).isEqualTo(2 * visits(20));
        assertThat(visits(reader -> Run.interrupted(reader).size(), 40))
                .isEqualTo(2 * visits(reader -> Run.interrupted(reader).size(), 20));
        assertThat(visits(reader -> Run.withOpen(reader).size(), 40))
                .isEqualTo(2 * visits(reader -> Run.withOpen(reader).size(), 20));
    }

    private static int visits(int runs) {
        return visits(reader -> Runs.all(reader).size(), runs);
    }

    private static int visits(ToIntFunction<JournalReader> fold, int runs) {
        RunTest history = new RunTest();
        for (int run = 0; run < runs; run++) {
            history.finish(history.begin("run" + run, Optional.empty(), Outcome.DONE), "succeeded");
        }
        Counting counting = new Counting(history.journal);
        assertThat(fold.applyAsInt(counting)).isIn(0, runs);
        return counting.visited;
    }

    private List<RunState> found(String... ids) {
        List<RunState> states = new ArrayList<>();
        for (String id : ids) {
            states.add(Run.find(journal, new RunId(id)).orElseThrow().state());
        }
        return states;
    }

    private RunId begin(String name, Optional<String> undoOf, Outcome outcome) {
        RunId run = new RunId(name);
        Draft started = Draft.of(EntryType.RUN_STARTED, Actor.DAEMON)
                .run(run)
                .plan(new PlanId("plan-" + name))
                .job("job")
                .data("purpose", undoOf.isPresent() ? "undo" : "cleanup");
        journal.append(undoOf.map(of -> started.data("undoOf", of)).orElse(started));
        for (int index = 0; index < OPERATIONS; index++) {
            intent(run, name + index);
            Draft end =
                    operation(EntryType.OPERATION_OUTCOME, run, name + index).outcome(outcome);
            String reverted = undoOf.orElse("") + index;
            journal.append(undoOf.isPresent() ? end.data("direction", "revert").data("of", reverted) : end);
        }
        return run;
    }

    private void intent(RunId run, String operation) {
        journal.append(operation(EntryType.OPERATION_INTENT, run, operation));
    }

    private static Draft operation(EntryType type, RunId run, String operation) {
        return Draft.of(type, Actor.DAEMON)
                .run(run)
                .operation(new OperationId(operation))
                .resource(new ResourceRef("flag", "unleash", operation), operation);
    }

    private void finish(RunId run, String state) {
        journal.append(Draft.of(EntryType.RUN_FINISHED, Actor.DAEMON).run(run).data("state", state));
    }
}
