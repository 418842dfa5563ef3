package dev.sweepback.gate;

import dev.sweepback.job.BackOut;
import dev.sweepback.job.Check;
import dev.sweepback.job.Job;
import dev.sweepback.job.TcpSubject;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A job with checks that are answered as it is told, on a clock that moves when somebody waits. */
public final class CheckScene {

    public static final Measured GOOD = new Measured.Good("7");
    public static final Measured BAD = new Measured.Bad("it is 9", "9");
    public static final Measured SILENT = new Measured.NoData("nobody answered");

    public final World world;
    public final List<String> asked = new ArrayList<>();
    private final Map<String, Deque<Measured>> answers = new ConcurrentHashMap<>();
    private final Map<String, Measured> last = new ConcurrentHashMap<>();

    public CheckScene(World world, Check... checks) {
        this.world = world;
        Job job = world.job;
        world.job = new Job(
                job.name(),
                job.labels(),
                job.after(),
                job.start(),
                job.schedule(),
                job.policy(),
                List.of(checks),
                job.steps(),
                BackOut.DEFAULT,
                job.source());
        restart();
    }

    /** As a new process sees it. */
    public void restart() {
        world.gate = Gate.standard(new AskedChecks(this::answer, world.clock), world.watch);
    }

    private synchronized Measured answer(Check check, Optional<String> to) {
        asked.add(check.name() + " at " + world.clock.instant());
        Measured next = Optional.ofNullable(answers.get(check.name()))
                .map(Deque::poll)
                .orElse(last.getOrDefault(check.name(), GOOD));
        last.put(check.name(), next);
        return next;
    }

    /** What is answered next, and from then on. */
    public CheckScene answers(String check, Measured... measured) {
        answers.put(check, new ArrayDeque<>(List.of(measured)));
        return this;
    }

    public static Check check(String name, int consecutive) {
        return check(name, consecutive, Check.OnNoData.HOLD, Optional.empty());
    }

    public static Check check(String name, int consecutive, Check.OnNoData onNoData, Optional<Check.MaxWait> maxWait) {
        return new Check(
                name,
                new TcpSubject("x.example.com", 1, true),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                consecutive,
                onNoData,
                maxWait);
    }

    Question question() {
        return new Question(
                world.job, world.policy, world.upgrade(), Purpose.CLEANUP, world.journal, world.clock.instant());
    }

    /** Waits as long as it takes. */
    boolean waits(Instant until) {
        world.clock.until(until);
        return true;
    }

    GateState look() {
        return world.gate.ask(question());
    }

    GateState act() {
        return world.gate.act(question(), this::waits, world.journal, World.SOMEBODY.actor());
    }

    static Verdict verdict(GateState state, String check) {
        return state.answers().stream()
                .filter(answer -> answer.condition().equals(check))
                .findFirst()
                .orElseThrow()
                .verdict();
    }
}
