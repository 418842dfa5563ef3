package dev.sweepback.gate;

import dev.sweepback.connector.SecretRef;
import dev.sweepback.job.Check;
import dev.sweepback.job.Comparison;
import dev.sweepback.job.Endpoint;
import dev.sweepback.job.FlagSubject;
import dev.sweepback.job.HttpSubject;
import dev.sweepback.job.Job;
import dev.sweepback.job.PrometheusSubject;
import dev.sweepback.job.SqlSubject;
import dev.sweepback.job.TcpSubject;
import dev.sweepback.job.VersionSubject;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.plan.Plan;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.World;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** The gate of a world, of which each kind of condition can be made to be open, closed or unknown. */
final class GateKinds implements AutoCloseable {

    /** What one kind of condition says. */
    enum Answer {
        OPEN,
        CLOSED,
        UNKNOWN
    }

    /**
     * One kind of condition.
     *
     * @param name as in every answer of the gate
     */
    record Kind(String name) {}

    private final World world;
    private final Map<Kind, Answer> answers = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final Gate gate;
    private final Plan plan;

    GateKinds(World world) {
        this.world = world;
        List<GateCondition> conditions = new ArrayList<>();
        for (GateCondition condition : Gate.conditions(List.of(), world.watch)) {
            conditions.add(condition instanceof UpgradeSucceeded ? condition : switched(condition));
        }
        world.job = checked(world.job);
        world.job.checks().forEach(check -> kinds.add(new Kind(check.name())));
        this.gate = new Gate(conditions, new AskedChecks(this::measured, world.clock));
        world.gate = gate;
        world.enable();
        this.plan = world.plan();
    }

    World world() {
        return world;
    }

    List<Kind> all() {
        return List.copyOf(kinds);
    }

    /** All others are open. */
    void say(Map<Kind, Answer> these) {
        answers.clear();
        answers.putAll(these);
    }

    GateState ask() {
        return gate.ask(new Question(
                world.job, world.policy, world.upgrade(), plan.purpose(), world.journal, world.clock.instant()));
    }

    RunAnswer run() {
        return world.cleanup().run(plan, world.terms(), World.SOMEBODY);
    }

    /** The real one, unless it is to be shut; what it rests on cannot be read where it is to be unknown. */
    private GateCondition switched(GateCondition condition) {
        Kind kind = new Kind(condition.name());
        kinds.add(kind);
        return new GateCondition() {
            @Override
            public String name() {
                return condition.name();
            }

            @Override
            public Verdict ask(Question question) {
                return switch (answers.getOrDefault(kind, Answer.OPEN)) {
                    case OPEN -> condition.ask(question);
                    case CLOSED -> new Verdict.Closed("shut by hand: " + name(), Optional.empty());
                    case UNKNOWN -> throw new JournalException("unreadable: " + name());
                };
            }
        };
    }

    private Measured measured(Check check, Optional<String> to) {
        return switch (answers.getOrDefault(new Kind(check.name()), Answer.OPEN)) {
            case OPEN -> new Measured.Good("fine");
            case CLOSED -> new Measured.Bad("bad: " + check.name(), "bad");
            case UNKNOWN -> new Measured.NoData("no answer: " + check.name());
        };
    }

    private static Job checked(Job job) {
        Endpoint endpoint = new Endpoint(URI.create("https://dten.example.com/config"), List.of(), Optional.empty());
        List<Check> checks = List.of(
                check("http", new HttpSubject(endpoint, Map.of(), Optional.of(200), Map.of())),
                check("prometheus", new PrometheusSubject(endpoint, "up", comparison(), false)),
                check(
                        "sql",
                        new SqlSubject(
                                "jdbc:postgresql://db.example.com/app",
                                "watch",
                                new SecretRef.Environment("DB_PASSWORD"),
                                Optional.empty(),
                                "select 1",
                                comparison())),
                check("version", new VersionSubject(List.of(endpoint), Optional.empty(), Optional.empty())),
                check("flag", new FlagSubject("fake", "a", "production", true)),
                check("tcp", new TcpSubject("dten.example.com", 443, true)));
        return new Job(
                job.name(),
                job.labels(),
                job.after(),
                job.start(),
                job.schedule(),
                job.policy(),
                checks,
                job.steps(),
                job.backOut(),
                job.source());
    }

    private static Comparison comparison() {
        return new Comparison(
                List.of(new Comparison.Bound(Comparison.Operator.AT_LEAST, JsonNodeFactory.instance.numberNode(1))));
    }

    private static Check check(String name, Check.Subject subject) {
        return new Check(
                name,
                subject,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                1,
                Check.OnNoData.HOLD,
                Optional.empty());
    }

    /** Something was run for it once, so that there is something to put back. */
    static void rollBackUnderWay(World world) {
        world.journal.append(
                Draft.of(EntryType.UPGRADE_ROLLING_BACK, World.SOMEBODY.actor()).upgrade(World.UPGRADE));
    }

    @Override
    public void close() {
        world.close();
    }
}
