package dev.sweepback.run;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.gate.Approving;
import dev.sweepback.gate.Checks;
import dev.sweepback.gate.ClockWatch;
import dev.sweepback.gate.Enablement;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Allow;
import dev.sweepback.job.Approval;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.Condition;
import dev.sweepback.job.Hours;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Permits;
import dev.sweepback.job.Policy;
import dev.sweepback.job.Protection;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Source;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.InMemoryJournal;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.undo.Only;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** An engine on an imitated system, with a job, a policy and an upgrade that tests change as they need. */
public final class World implements AutoCloseable {

    public static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));
    public static final UpgradeId UPGRADE = new UpgradeId("app-2");
    public static final String PACKAGE = "app";

    public final WorldClock clock = new WorldClock();
    public final FakeSystem system = new FakeSystem(clock);
    public final StopSignal stop = new StopSignal();
    public final Journal journal;
    public int concurrency = 1;
    public final ClockWatch watch = new ClockWatch(clock, clock::nanos, Duration.ofSeconds(60));
    public Gate gate = gate(Checks.NONE);

    /** Who has which role, by the settings. */
    public Map<String, List<String>> actors = Map.of();

    public Policy policy = policy();
    public Job job = job(step("old things", "archive"));
    private Optional<Engine> opened = Optional.empty();

    /** The usual conditions, with these checks. */
    public Gate gate(Checks checks) {
        return Gate.standard(checks, watch);
    }

    public World() {
        this(Function.identity());
    }

    public World(Function<Journal, Journal> decoration) {
        this.journal = decoration.apply(new InMemoryJournal(clock));
    }

    /** Everything is allowed and nothing waits. */
    public static Policy policy() {
        return policy(new Policy.Limits(100, 100, 0, 100, 5, Map.of()), 10, 20);
    }

    public static Policy policy(Policy.Limits limits, int stopAfterFailures, int waveSize) {
        return policy(limits, stopAfterFailures, waveSize, List.of(), Duration.ZERO, Reversibility.REISSUE, "policy");
    }

    public static Policy policy(
            Policy.Limits limits,
            int stopAfterFailures,
            int waveSize,
            List<Protection> protect,
            Duration minIdle,
            Reversibility weakest,
            String text) {
        return new Policy(
                "test",
                limits,
                protect,
                weakest,
                minIdle,
                new Policy.Waves(waveSize, Duration.ofSeconds(30)),
                stopAfterFailures,
                Optional.empty(),
                Permits.ANY,
                Source.of(Path.of("policies/test.yaml"), text));
    }

    /** The policy asks for more. */
    public void permit(Permits permits) {
        policy = permitting(policy, policy.weakest(), permits);
    }

    public static Policy permitting(Policy policy, Reversibility weakest, Permits permits) {
        return new Policy(
                policy.name(),
                policy.limits(),
                policy.protect(),
                weakest,
                policy.minIdle(),
                policy.waves(),
                policy.stopAfterFailures(),
                policy.rate(),
                permits,
                Source.of(Path.of("policies/test.yaml"), policy.source().text() + weakest + permits));
    }

    /** Somebody who has the role gives their word. */
    public Entry approve(PlanId plan, String actor) {
        Plan found = Plans.find(journal, plan).orElseThrow();
        Optional<Approval> wanted = found.purpose() == Purpose.UNDO
                ? policy.permits().undo()
                : policy.permits().approval();
        return approving().approve(found, wanted, unused -> Optional.empty(), Note.of(new Actor(actor, false)));
    }

    public Entry reject(PlanId plan, String actor) {
        Plan found = Plans.find(journal, plan).orElseThrow();
        return approving()
                .reject(
                        found,
                        policy.permits().approval(),
                        unused -> Optional.empty(),
                        new Note(new Actor(actor, false), Optional.of("not tonight"), Optional.empty()));
    }

    private Approving approving() {
        return new Approving(journal, new Roles(actors), clock);
    }

    /** The plans that were made, oldest first. */
    public List<PlanId> plans() {
        return journal.read(Query.of(EntryType.PLAN_MADE)).stream()
                .map(made -> made.plan().orElseThrow())
                .toList();
    }

    public static Policy waves(int size) {
        return policy(new Policy.Limits(100, 100, 0, 100, 5, Map.of()), 10, size);
    }

    /** Anything, at these hours. */
    public static Permits hours(Hours hours) {
        return permits(Optional.of(hours), OptionalInt.empty(), Allow.ALL, true);
    }

    /** Anything, so many times an hour. */
    public static Permits perHour(int most) {
        return permits(Optional.empty(), OptionalInt.of(most), Allow.ALL, true);
    }

    /** Only this. */
    public static Permits only(Allow allow) {
        return permits(Optional.empty(), OptionalInt.empty(), allow, true);
    }

    /** Anything, for upgrades whose times were recorded as they happened. */
    public static Permits witnessed() {
        return permits(Optional.empty(), OptionalInt.empty(), Allow.ALL, false);
    }

    private static Permits permits(Optional<Hours> hours, OptionalInt perHour, Allow allow, boolean stated) {
        return new Permits(Optional.empty(), hours, perHour, false, allow, Optional.empty(), stated);
    }

    public static Job job(Step... steps) {
        return job(Job.Start.MANUAL, "job", steps);
    }

    public static Job job(Job.Start start, String text, Step... steps) {
        return job("clean", Map.of(), start, text, steps);
    }

    public static Job job(String name, Map<String, String> labels, Job.Start start, String text, Step... steps) {
        return new Job(
                name,
                labels,
                new Job.After(PACKAGE, "production", Duration.ofHours(1)),
                start,
                Optional.empty(),
                Optional.of("test"),
                List.of(),
                List.of(steps),
                BackOut.DEFAULT,
                Source.of(Path.of("jobs/clean.yaml"), text));
    }

    /** Selects all of the group {@code old}. */
    public static Step step(String name, String action) {
        return step(name, action, "resource.group == 'old'", List.of());
    }

    /** One that may do what cannot be put back. */
    public static Step irreversible(String name, String action) {
        Step step = step(name, action);
        return new Step(
                step.name(),
                step.needs(),
                step.connection(),
                step.kind(),
                step.where(),
                step.action(),
                step.quarantine(),
                step.instructions(),
                true);
    }

    public static Step step(String name, String action, String where, List<String> needs) {
        return step(name, action, where, needs, Optional.empty(), Handover.LOCAL);
    }

    public static Step step(
            String name,
            String action,
            String where,
            List<String> needs,
            Optional<Step.Quarantine> quarantine,
            Handover handover) {
        return step(
                name,
                action,
                where,
                needs,
                quarantine,
                new Instructions(Scope.WHOLE, handover, Optional.empty(), false));
    }

    public static Step step(
            String name,
            String action,
            String where,
            List<String> needs,
            Optional<Step.Quarantine> quarantine,
            Instructions instructions) {
        return new Step(
                name,
                needs,
                FakeSystem.CONNECTION,
                FakeSystem.KIND,
                Optional.of(Condition.compile(
                        where, new FakeSystem(new WorldClock()).descriptor().fields())),
                action,
                quarantine,
                instructions);
    }

    public Settings settings() {
        return settings(URI.create("https://fake.example.com"));
    }

    public Settings settings(URI url) {
        Path file = Path.of("sweepback.yaml");
        Connection connection = new Connection(
                FakeSystem.CONNECTION,
                "fake",
                "production",
                url,
                Map.of(),
                Map.of(),
                concurrency,
                Connection.Timeouts.DEFAULT);
        return new Settings(
                "production",
                Map.of(connection.name(), connection),
                new Settings.Store("jdbc:sqlite:x.db", new SecretRef.Environment("KEY")),
                new Settings.Server("127.0.0.1", 0),
                Duration.ofSeconds(60),
                List.of(),
                List.of(),
                actors,
                Source.of(file, ""));
    }

    public Engine engine() {
        if (opened.isEmpty()) {
            opened = Optional.of(engine(settings(), stop));
        }
        return opened.get();
    }

    public Engine engine(Settings settings, StopSignal signal) {
        return new Engine(journal, new Catalog(List.of(system)), settings, gate, clock, clock, signal);
    }

    public Cleanup cleanup() {
        return new Cleanup(journal, engine(), clock);
    }

    /** As another process sees it, whose stop signal is not raised. */
    public Cleanup nextProcess() {
        return new Cleanup(journal, engine(settings(), new StopSignal()), clock);
    }

    public Upgrades upgrades() {
        return new Upgrades(journal, clock);
    }

    /** The upgrade has succeeded, window and soak are over, the job is enabled. */
    public World ready() {
        upgraded();
        enable();
        return this;
    }

    public World upgraded() {
        schedule(UPGRADE, "production");
        pass(Duration.ofMinutes(5));
        upgrades().move(UPGRADE, Move.START, Optional.empty(), SOMEBODY);
        pass(Duration.ofMinutes(50));
        upgrades().move(UPGRADE, Move.COMPLETE, Optional.empty(), SOMEBODY);
        pass(Duration.ofHours(3));
        return this;
    }

    public Upgrade schedule(UpgradeId id, String environment) {
        Window window = new Window(clock.instant(), clock.instant().plus(Duration.ofHours(1)), Duration.ofMinutes(30));
        return upgrades().schedule(id, PACKAGE, "1", "2", environment, window, SOMEBODY);
    }

    public void enable() {
        Enablement.enable(journal, job, UPGRADE, SOMEBODY);
    }

    public void pass(Duration time) {
        clock.until(clock.instant().plus(time));
    }

    public Upgrade upgrade() {
        return upgrades().get(UPGRADE);
    }

    public Terms terms() {
        return new Terms(job, policy, upgrade());
    }

    public Loaded files() {
        return new Loaded(Optional.of(settings()), Map.of(job.name(), job), Map.of("test", policy), List.of());
    }

    public Plan plan() {
        return engine().planner().plan(job, policy, upgrade());
    }

    /** What quarantines hold now. */
    public List<Quarantine.Held> held() {
        return Quarantine.held(journal, clock.instant());
    }

    public RunAnswer answer() {
        return cleanup().run(terms(), SOMEBODY);
    }

    public Run run() {
        return ran(answer());
    }

    public Run undo(Run run) {
        return ran(cleanup().undo(reread(run), Only.ALL, SOMEBODY));
    }

    public Run undo(Run run, String only) {
        return ran(cleanup().undo(reread(run), Only.parse(only), SOMEBODY));
    }

    public Run reread(Run run) {
        return Run.find(journal, run.id()).orElseThrow();
    }

    public static Run ran(RunAnswer answer) {
        if (answer instanceof RunAnswer.Ran ran) {
            return ran.run();
        }
        throw new AssertionError("it did not run: " + answer);
    }

    /** {@code ID OUTCOME: REASON} of each operation, in the order of their first entries. */
    public static List<String> outcomes(Run run) {
        List<String> outcomes = new ArrayList<>();
        for (OperationRecord operation : run.operations()) {
            String word = operation.outcome().map(outcome -> outcome.word()).orElse("open");
            String reason = operation
                    .end()
                    .flatMap(end -> end.reason())
                    .map(why -> ": " + why)
                    .orElse("");
            outcomes.add(operation.ref().id() + " " + word + reason);
        }
        return outcomes;
    }

    @Override
    public void close() {
        opened.ifPresent(Engine::close);
    }
}
