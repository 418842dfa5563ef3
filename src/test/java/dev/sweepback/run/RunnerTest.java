package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Use;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Plan;
import dev.sweepback.upgrade.Move;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunnerTest {

    private World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatWasSelectedIsRemovedAndNothingElse() {
        world.system.with(3, "a", "old").with(2, "b", "new");
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).containsExactly("archive a-00", "archive a-01", "archive a-02");
        assertThat(world.system.status("b-00")).isEqualTo("live");
    }

    @Test
    void whatChangedSinceThePlanIsLeftAlone() {
        world.system.with(2, "a", "old");
        world.ready();
        Plan plan = world.plan();
        world.system.change("a-01", "second");

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).containsExactly("a-00 done", "a-01 skipped: changed since the plan was made");
        assertThat(world.system.status("a-01")).isEqualTo("live");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatWasUsedSinceThePlanIsLeftAlone() {
        world.policy = World.policy(
                world.policy.limits(), 3, 20, List.of(), Duration.ofDays(7), world.policy.weakest(), "idle");
        world.system.with("a", "old");
        world.system.used("a", new Use.NeverSince(world.clock.instant().minus(Duration.ofDays(30))));
        world.ready();
        Plan plan = world.plan();
        world.system.used("a", new Use.At(world.clock.instant()));

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run))
                .containsExactly("a skipped: since the plan was made: used under an hour ago, minIdle is 7d");
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void whatSomebodyKeptSinceThePlanIsLeftAlone() {
        world.system.with("a", "old");
        world.ready();
        Plan plan = world.plan();
        Keeps.keep(world.journal, FakeSystem.ref("a"), world.clock.instant().plusSeconds(3600), World.SOMEBODY);

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).singleElement().asString().startsWith("a skipped: kept by local:0/tester");
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void whatIsGoneAlreadyIsSaidAndNotSent() {
        world.system.with("a", "old");
        world.ready();
        Plan plan = world.plan();
        world.system.lose("a");

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).containsExactly("a skipped: already gone");
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNotTouched() {
        world.system.with("a", "old");
        world.ready();
        Plan plan = world.plan();
        world.system.unreadable("a");

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void aLateEffectIsFoundAfterTheDeadlineAndNotSentTwice() {
        world.system.with("a", "old");
        world.system.answerLost("a", Kind.TIMEOUT, Duration.ofSeconds(20));
        world.ready();

        Run run = world.run();

        assertThat(World.outcomes(run)).containsExactly("a done");
        assertThat(run.operations().iterator().next().end().orElseThrow().data("settledBy"))
                .contains("look");
        assertThat(world.system.sent()).containsExactly("archive a");
    }

    @Test
    void whatHappenedAlthoughTheAnswerWasLostIsDone() {
        world.system.with("a", "old");
        world.system.answerLost("a", Kind.UNREACHABLE, Duration.ZERO);
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(1);
    }

    @Test
    void whatTheSystemRefusesFailsWithItsReason() {
        world.system.with("a", "old");
        world.system.refuse("a", Kind.FORBIDDEN);
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(World.outcomes(run)).containsExactly("a failed: connection 'fake': did not answer well; try again");
    }

    @Test
    void aPlanIsCarriedOutOnceAlsoByTwoThreads() throws Exception {
        world.system.with(3, "a", "old");
        world.ready();
        Plan plan = world.plan();
        Terms terms = world.terms();
        Cleanup first = world.cleanup();
        Cleanup second = world.nextProcess();
        dev.sweepback.plan.Plans.save(world.journal, plan, World.SOMEBODY);
        ExecutorService threads = Executors.newFixedThreadPool(2);

        List<Callable<RunAnswer>> both =
                List.of(() -> first.run(plan, terms, World.SOMEBODY), () -> second.run(plan, terms, World.SOMEBODY));
        List<Future<RunAnswer>> answers = threads.invokeAll(both);
        threads.shutdown();

        assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
                .hasAtLeastOneElementOfType(RunAnswer.Ran.class)
                .anyMatch(answer -> !(answer instanceof RunAnswer.Ran));
        assertThat(Runs.all(world.journal)).hasSize(1);
        assertThat(world.system.sent()).hasSize(3);
    }

    @Test
    void aPlanIsStaleWhenWhatItRestsOnHasChanged() {
        world.system.with("a", "old");
        world.ready();
        Plan plan = world.plan();
        Terms fresh = world.terms();
        Job other = World.job(Job.Start.MANUAL, "changed", World.step("old things", "archive"));

        assertThat(stale(plan, new Terms(other, fresh.policy(), fresh.upgrade())))
                .isEqualTo("changed since the plan was made: the job file");
        assertThat(stale(
                        plan,
                        new Terms(
                                fresh.job(),
                                World.policy(
                                        fresh.policy().limits(),
                                        10,
                                        20,
                                        List.of(),
                                        Duration.ZERO,
                                        fresh.policy().weakest(),
                                        "changed"),
                                fresh.upgrade())))
                .isEqualTo("changed since the plan was made: the policy");
        Cleanup moved = new Cleanup(
                world.journal,
                world.engine(world.settings(URI.create("https://other.example.com")), new StopSignal()),
                world.clock);
        assertThat(moved.run(plan, fresh, World.SOMEBODY))
                .isEqualTo(new RunAnswer.Stale("changed since the plan was made: a connection"));
        world.pass(Duration.ofHours(25));
        assertThat(stale(plan, fresh)).isEqualTo("the plan is older than 24 hours");
        Plan ahead = world.plan();
        world.clock.set(Duration.ofSeconds(-61));
        assertThat(stale(ahead, fresh)).startsWith("the plan was made by a clock that was ahead (it says ");
        world.clock.set(Duration.ofSeconds(61));
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
        assertThat(stale(world.plan(), fresh)).isEqualTo("changed since the plan was made: the upgrade");
        assertThat(world.system.sent()).isEmpty();
    }

    private String stale(Plan plan, Terms terms) {
        RunAnswer answer = world.cleanup().run(plan, terms, World.SOMEBODY);
        assertThat(answer).isInstanceOf(RunAnswer.Stale.class);
        return ((RunAnswer.Stale) answer).reason();
    }

    @Test
    void aStepWhoseNeedFailedIsSkippedWithTheReason() {
        world.system.with("a", "old").with("b", "newer");
        world.job = World.job(
                World.step("first", "archive"),
                World.step("second", "archive", "resource.group == 'newer'", List.of("first")));
        world.system.refuse("a", Kind.FORBIDDEN);
        world.ready();

        Run run = world.run();

        assertThat(World.outcomes(run)).contains("b skipped: needs step 'first', which did not succeed");
        assertThat(world.system.status("b")).isEqualTo("live");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void tooManyFailuresStopTheRunBeforeTheNextWave() {
        world.policy = World.policy(world.policy.limits(), 2, 2);
        world.system.with(6, "a", "old");
        world.system.refuse("a-00", Kind.FORBIDDEN);
        world.system.refuse("a-01", Kind.FORBIDDEN);
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.STOPPED);
        assertThat(run.reason()).contains("2 failed or unsettled, the policy stops at 2");
        assertThat(world.system.sent()).containsExactly("archive a-00", "archive a-01");
    }

    @Test
    void pausingStopsTheRunAtTheEndOfItsWaveAndEnablingLetsItGoOn() {
        world.policy = World.waves(2);
        world.system.with(5, "a", "old");
        world.ready();
        world.system.beforeSend(() -> {
            if (world.journal.first(Query.of(EntryType.JOB_PAUSED)).isEmpty()) {
                Enablement.pause(world.journal, Optional.empty(), World.SOMEBODY);
            }
        });

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(world.system.sent()).hasSize(2);
        assertThat(world.cleanup().resume(world.files(), Optional.empty(), World.SOMEBODY))
                .singleElement()
                .isInstanceOf(RunAnswer.GateClosed.class);

        world.enable();
        world.cleanup().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent())
                .containsExactly("archive a-00", "archive a-01", "archive a-02", "archive a-03", "archive a-04");
    }

    @Test
    void betweenWavesThePolicysPauseIsKept() {
        world.policy = World.waves(2);
        world.system.with(5, "a", "old");
        world.ready();
        var begun = world.clock.instant();

        world.run();

        assertThat(Duration.between(begun, world.clock.instant())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aRunThatIsAskedToStopGoesOnLater() {
        world.policy = World.waves(2);
        world.system.with(5, "a", "old");
        world.ready();
        world.system.beforeSend(world.stop::raise);

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        int sent = world.system.sent().size();
        assertThat(sent).isBetween(1, 2);
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);
        assertThat(world.reread(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aRunIsNotGoneOnWithAfterItsJobHasChanged() {
        world.policy = World.waves(1);
        world.system.with(2, "a", "old");
        world.ready();
        world.system.beforeSend(world.stop::raise);
        Run run = world.run();
        world.job = World.job(Job.Start.MANUAL, "changed", World.step("old things", "archive"));
        world.enable();

        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.STOPPED);
        assertThat(world.system.sent()).hasSize(1);
    }

    @Test
    void aRunIsNotGoneOnWithWhenItsPlanIsOlderThanADay() {
        world.policy = World.waves(1);
        world.system.with(2, "a", "old");
        world.ready();
        world.system.beforeSend(world.stop::raise);
        Run run = world.run();
        world.pass(Duration.ofHours(25));

        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.STOPPED);
        assertThat(world.reread(run).reason())
                .contains("the plan is older than 24 hours; run the job again for a new one");
        assertThat(world.system.sent()).hasSize(1);
    }

    @Test
    void aWaveReadsNoMoreOfTheJournalForAllThatWentBefore() {
        assertThat(entriesReadFor(60)).isLessThan(entriesReadFor(30) * 5 / 2);
    }

    private static long entriesReadFor(int operations) {
        java.util.concurrent.atomic.AtomicLong read = new java.util.concurrent.atomic.AtomicLong();
        Function<Journal, Journal> counting = journal -> new BrokenJournal(journal) {
            @Override
            public void read(Query query, java.util.function.Consumer<Entry> consumer) {
                super.read(query, entry -> {
                    read.incrementAndGet();
                    consumer.accept(entry);
                });
            }
        };
        try (World world = new World(counting)) {
            world.policy = World.waves(1);
            world.system.with(operations, "a", "old");
            world.ready();
            world.run();
            return read.get();
        }
    }

    @Test
    void manyAtOnceInBatchesAreEachDoneOnceAndTakenBackOnce() {
        world.concurrency = 4;
        world.system.batchesOf(3);
        world.system.with(25, "a", "old");
        world.ready();

        Run run = world.run();
        Run undo = world.undo(run);

        assertThat(run.operations()).hasSize(25).allMatch(OperationRecord::succeeded);
        assertThat(undo.operations()).hasSize(25).allMatch(OperationRecord::succeeded);
        assertThat(world.system.sent()).hasSize(50).doesNotHaveDuplicates();
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void theIntentIsRecordedBeforeAnythingIsSent() {
        world.system.with("a", "old");
        world.ready();
        world.system.beforeSend(() -> assertThat(world.journal.read(Query.of(EntryType.OPERATION_INTENT)))
                .hasSize(1)
                .allMatch(intent -> !world.journal
                        .snapshot(intent.data("before").orElseThrow())
                        .isAbsent()));

        assertThat(world.run().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void nothingIsSentWhenTheIntentCannotBeRecorded() {
        world = new World(journal -> new BrokenJournal(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                if (drafts.stream().anyMatch(draft -> draft.type() == EntryType.OPERATION_INTENT)) {
                    throw new JournalException("the disk is full");
                }
                return super.append(drafts);
            }
        });
        world.system.with(3, "a", "old");
        world.ready();

        assertThatThrownBy(world::run).isInstanceOf(JournalException.class).hasMessage("the disk is full");

        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void nothingIsSentWhenTheSnapshotCannotBeReadBack() {
        Set<String> lost = new java.util.HashSet<>();
        world = new World(journal -> new BrokenJournal(journal) {
            @Override
            public dev.sweepback.connector.State snapshot(String reference) {
                lost.add(reference);
                throw new JournalException("snapshot " + reference + " is missing");
            }
        });
        world.system.with("a", "old").with("b", "other");
        world.ready();

        assertThatThrownBy(world::run).isInstanceOf(JournalException.class).hasMessageContaining("is missing");

        assertThat(lost).isNotEmpty();
        assertThat(world.system.sent()).isEmpty();
    }

    /** A journal of which a test breaks one thing. */
    static class BrokenJournal implements Journal {

        private final Journal journal;

        BrokenJournal(Journal journal) {
            this.journal = journal;
        }

        @Override
        public List<Entry> append(List<Draft> drafts) {
            return journal.append(drafts);
        }

        @Override
        public List<Entry> decide(
                java.util.function.Function<dev.sweepback.journal.JournalReader, List<Draft>> decision) {
            return journal.decide(decision);
        }

        @Override
        public void read(Query query, java.util.function.Consumer<Entry> consumer) {
            journal.read(query, consumer);
        }

        @Override
        public dev.sweepback.connector.State snapshot(String reference) {
            return journal.snapshot(reference);
        }

        @Override
        public byte[] document(String reference) {
            return journal.document(reference);
        }

        @Override
        public dev.sweepback.journal.Verification verify() {
            return journal.verify();
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
