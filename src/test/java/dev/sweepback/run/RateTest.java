package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Checks;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateCondition;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
import dev.sweepback.gate.Verdict;
import dev.sweepback.job.Job;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** At most {@code maxPerHour} operations are begun in any hour, by all runs under a policy. */
class RateTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private void perHour(int most, int waveSize) {
        world.policy = World.waves(waveSize);
        world.permit(World.perHour(most));
    }

    private List<Instant> begun() {
        return world.journal.read(Query.of(EntryType.OPERATION_INTENT)).stream()
                .map(Entry::time)
                .toList();
    }

    /** Goes on as a process does that was started anew. */
    private RunAnswer goOn() {
        return world.nextProcess()
                .resume(world.files(), Optional.empty(), World.SOMEBODY)
                .get(0);
    }

    private Instant opensAt(RunAnswer answer) {
        return ((RunAnswer.GateClosed) answer).gate().retryAt().orElseThrow();
    }

    private GateState gate(Instant now, int next) {
        return world.gate.fromRecord(
                new Question(world.job, world.policy, world.upgrade(), Purpose.DUE, world.journal, now, next));
    }

    @Test
    void aRunWaitsUntilEnoughOfTheOldestAreAnHourAgo() {
        perHour(3, 20);
        world.system.with(5, "a", "old");
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(begun()).hasSize(3);
        assertThat(run.reason().orElseThrow())
                .startsWith(
                        "gate closed: within maxPerHour: policy 'test' lets 3 operations be begun in an hour: 2 more can be at ");
        Instant opening = begun().get(1).plus(Duration.ofHours(1));
        world.clock.until(opening.minusMillis(1));
        assertThat(opensAt(goOn())).isEqualTo(opening);
        assertThat(begun()).hasSize(3);

        world.clock.until(opening);

        assertThat(World.ran(goOn()).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void inNoHourAreMoreBegunHoweverTheyAreSpread() {
        perHour(5, 2);
        world.system.with(17, "a", "old");
        world.ready();

        RunAnswer answer = world.answer();
        while (!(answer instanceof RunAnswer.Ran ran && ran.run().state() == RunState.SUCCEEDED)) {
            answer = goOn();
            if (answer instanceof RunAnswer.GateClosed closed) {
                world.clock.until(closed.gate().retryAt().orElseThrow());
            }
        }

        List<Instant> begun = begun();
        assertThat(begun).hasSize(17);
        assertThat(IntStream.range(5, 17).mapToObj(index -> Duration.between(begun.get(index - 5), begun.get(index))))
                .allMatch(span -> span.compareTo(Duration.ofHours(1)) >= 0);
        assertThat(Duration.between(begun.get(0), begun.get(16)))
                .as("no slower than needed")
                .isLessThan(Duration.ofHours(5));
    }

    @Test
    void whatOtherJobsBeganUnderThePolicyCounts() {
        perHour(3, 20);
        world.system.with(2, "a", "old").with(2, "b", "other");
        world.ready();
        world.run();
        Terms second = new Terms(automatic("second", "other"), world.policy, world.upgrade());

        RunAnswer shut = world.nextProcess().run(second, World.SOMEBODY);

        assertThat(opensAt(shut)).isEqualTo(begun().get(0).plus(Duration.ofHours(1)));
        assertThat(world.system.status("b-00")).isEqualTo("live");
    }

    @Test
    void whatWasBegunUnderAnotherPolicyDoesNot() {
        perHour(3, 20);
        world.system.with(2, "a", "old").with(2, "b", "other");
        world.ready();
        world.run();
        Terms second = new Terms(automatic("second", "other"), named("other", world.policy), world.upgrade());

        World.ran(world.nextProcess().run(second, World.SOMEBODY));

        assertThat(world.system.status("b-01")).isEqualTo("archived");
    }

    private static Policy named(String name, Policy policy) {
        return new Policy(
                name,
                policy.limits(),
                policy.protect(),
                policy.weakest(),
                policy.minIdle(),
                policy.waves(),
                policy.stopAfterFailures(),
                policy.rate(),
                policy.permits(),
                policy.source());
    }

    @Test
    void anUndoNeitherWaitsNorCounts() {
        perHour(3, 20);
        world.system.with(3, "a", "old");
        world.ready();
        Run run = world.run();
        Instant hourOver = world.clock.instant().plus(Duration.ofHours(1));
        world.pass(Duration.ofMinutes(30));

        world.undo(run);

        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(gate(hourOver.minusSeconds(1), 3).reasons()).contains("maxPerHour");
        assertThat(gate(hourOver, 3).reasons()).doesNotContain("maxPerHour");
    }

    @Test
    void whatIsNotKnownToBeNextIsOneAtLeast() {
        perHour(3, 20);
        world.system.with(3, "a", "old");
        world.ready();
        world.run();
        Instant now = world.clock.instant();

        assertThat(gate(now, 0).isOpen()).isFalse();
        assertThat(gate(now, 0).retryAt()).contains(begun().get(0).plus(Duration.ofHours(1)));
        assertThat(gate(now, 50).retryAt())
                .as("never more than the hour takes")
                .contains(begun().get(2).plus(Duration.ofHours(1)));
    }

    @Test
    void aClockThatWasSetBackProlongsNothingForDays() {
        perHour(3, 20);
        world.system.with(3, "a", "old");
        world.ready();
        world.run();
        Instant now = world.clock.instant();

        assertThat(gate(now.minus(Duration.ofMinutes(59)), 1).isOpen()).isFalse();
        assertThat(gate(now.minus(Duration.ofDays(1)), 1).reasons()).doesNotContain("maxPerHour");
    }

    @Test
    void aRunSaysItsPolicyInTheRecord() {
        world.system.with("a", "old");
        world.ready();
        world.run();

        assertThat(world.journal
                        .first(Query.of(EntryType.RUN_STARTED))
                        .orElseThrow()
                        .data("policy"))
                .contains("test");
    }

    @Test
    void ofTwoRunsSideBySideOneSeesWhatTheOtherBegins() throws Exception {
        perHour(4, 4);
        world.system.with(4, "a", "old").with(4, "b", "other");
        world.ready();
        Meeting meeting = new Meeting();
        List<GateCondition> conditions = new ArrayList<>(Gate.conditions(List.of(), world.watch));
        conditions.add(meeting);
        world.gate = new Gate(conditions, Checks.NONE);
        Terms first = world.terms();
        Terms second = new Terms(automatic("second", "other"), world.policy, world.upgrade());
        Plan firstPlan = world.engine().planner().plan(first.job(), first.policy(), first.upgrade());
        Plan secondPlan = world.engine().planner().plan(second.job(), second.policy(), second.upgrade());
        ExecutorService threads = Executors.newFixedThreadPool(2);

        List<Callable<RunAnswer>> both = List.of(
                () -> meeting.seenOff(() -> world.cleanup().run(firstPlan, first, World.SOMEBODY)),
                () -> meeting.seenOff(() -> world.cleanup().run(secondPlan, second, World.SOMEBODY)));
        List<Future<RunAnswer>> answers = threads.invokeAll(both);
        threads.shutdown();

        assertThat(List.of(
                        World.ran(answers.get(0).get()).state(),
                        World.ran(answers.get(1).get()).state()))
                .containsExactlyInAnyOrder(RunState.SUCCEEDED, RunState.PAUSED);
        assertThat(begun()).hasSize(4);
    }

    private static Job automatic(String name, String group) {
        return World.job(
                name,
                Map.of(),
                Job.Start.AUTOMATIC,
                name,
                World.step(group + " things", "archive", "resource.group == '" + group + "'", List.of()));
    }

    /** Whoever has asked the gate goes on only when the other has asked as well, or waits for its turn, or has ended. */
    private static final class Meeting implements GateCondition {

        private final Set<Thread> present = ConcurrentHashMap.newKeySet();
        private final Map<Thread, Integer> asked = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Thread> gone = new ConcurrentLinkedQueue<>();

        @Override
        public String name() {
            return "meeting";
        }

        @Override
        public Verdict ask(Question question) {
            arrive();
            return new Verdict.Open("met");
        }

        private void arrive() {
            Thread me = Thread.currentThread();
            present.add(me);
            int times = asked.merge(me, 1, Integer::sum);
            while (!isOtherThere(me, times)) {
                Thread.onSpinWait();
            }
        }

        private boolean isOtherThere(Thread me, int times) {
            return present.stream()
                    .filter(other -> other != me)
                    .anyMatch(other -> asked.getOrDefault(other, 0) >= times
                            || gone.contains(other)
                            || other.getState() == Thread.State.WAITING);
        }

        RunAnswer seenOff(Callable<RunAnswer> run) throws Exception {
            try {
                return run.call();
            } finally {
                gone.add(Thread.currentThread());
            }
        }
    }
}
