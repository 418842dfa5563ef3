package dev.sweepback.job;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A compiled CEL expression over {@code resource}, {@code upgrade} and {@code now}. Immutable, for any number of threads. */
public final class Condition {

    /** A condition that loops longer than this over one resource is wrong, and an error is unclear. */
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(100_000)
            .maxExpressionCodePointSize(10_000)
            .build();

    private final String text;
    private final Place place;
    private final ConditionTypes types;
    private final CelRuntime.Program program;
    private final List<String> times;
    private final List<Instant> literals;

    private Condition(String text, Place place, ConditionTypes types, CelRuntime.Program program, List<String> times) {
        this.text = text;
        this.place = place;
        this.types = types;
        this.program = program;
        this.times = times;
        this.literals = ConditionTimes.literals(text);
    }

    /** @throws ConditionException if it is no Boolean expression over these fields */
    public static Condition compile(String text, Fields fields) {
        return compile(text, fields, Place.WHOLE);
    }

    static Condition compile(String text, Fields fields, Place place) {
        ConditionTypes types = new ConditionTypes(fields);
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(types)
                .addVar("resource", types.resource())
                .addVar("upgrade", ConditionTypes.UPGRADE)
                .addVar("now", SimpleType.TIMESTAMP)
                .setResultType(SimpleType.BOOL)
                .build();
        try {
            CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
            CelRuntime.Program program = CelRuntimeFactory.plannerRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .setTypeProvider(types)
                    .build()
                    .createProgram(tree);
            return new Condition(text, place, types, program, timesNamed(text, fields));
        } catch (CelValidationException e) {
            throw ConditionProblems.of(text, e, types);
        } catch (CelEvaluationException e) {
            throw new ConditionException(1, 1, "the condition cannot be planned: " + e.getMessage(), "", "");
        }
    }

    /** As written. */
    public String text() {
        return text;
    }

    Place place() {
        return place;
    }

    /**
     * Whether the resource is selected whatever its system's clock says within {@link UpgradeFacts#clockSkew()}: yes only if
     * so for all readings. An error is unclear, never no.
     */
    public Match test(Resource resource, UpgradeFacts upgrade, boolean tracked, Instant now) {
        Map<String, Object> values = values(resource, tracked);
        Map<String, Object> variables = new HashMap<>();
        variables.put("upgrade", upgrade(upgrade));
        variables.put("now", now);
        Match unclear = null;
        for (Duration shift : shifts(values, upgrade, now)) {
            variables.put("resource", new ConditionStruct("resource", types.resource(), shifted(values, shift)));
            Match match = evaluate(variables);
            if (match instanceof Match.No) {
                return match;
            }
            if (match instanceof Match.Unclear) {
                unclear = match;
            }
        }
        return unclear == null ? new Match.Yes() : unclear;
    }

    private Match evaluate(Map<String, Object> variables) {
        try {
            Object result = program.eval(variables);
            if (result instanceof Boolean selected) {
                return selected ? new Match.Yes() : new Match.No();
            }
            return new Match.Unclear("the condition gave no Boolean");
        } catch (CelEvaluationException | RuntimeException e) {
            return new Match.Unclear(ConditionProblems.reason(e));
        }
    }

    private static Map<String, Object> values(Resource resource, boolean tracked) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", resource.ref().id());
        values.put("name", resource.name());
        values.putAll(resource.fields());
        values.put("tracked", tracked);
        return values;
    }

    private static ConditionStruct upgrade(UpgradeFacts facts) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", facts.id());
        values.put("package", facts.packageName());
        values.put("from", facts.from());
        values.put("to", facts.to());
        values.put("environment", facts.environment());
        facts.startedAt().ifPresent(time -> values.put("startedAt", time));
        facts.completedAt().ifPresent(time -> values.put("completedAt", time));
        Map<String, Object> window = new HashMap<>();
        window.put("start", facts.windowStart());
        window.put("end", facts.windowEnd());
        window.put("buffer", facts.buffer());
        values.put("window", new ConditionStruct("upgrade.window", ConditionTypes.WINDOW, window));
        facts.manifest().ifPresent(manifest -> values.put("manifest", manifest(manifest)));
        return new ConditionStruct("upgrade", ConditionTypes.UPGRADE, values);
    }

    private static ConditionStruct manifest(ManifestFacts facts) {
        return new ConditionStruct(
                "upgrade.manifest",
                ConditionTypes.MANIFEST,
                Map.of(
                        "name", facts.name(),
                        "version", facts.version(),
                        "date", facts.date(),
                        "reboot", facts.reboot()));
    }

    /** The readings of the other system's clock that can make a difference; first the one that believes it. */
    private Iterable<Duration> shifts(Map<String, Object> values, UpgradeFacts facts, Instant now) {
        List<Instant> read = new ArrayList<>();
        for (String name : times) {
            if (values.get(name) instanceof Instant time) {
                read.add(time);
            }
        }
        Duration skew = facts.clockSkew();
        if (read.isEmpty() || skew.isZero()) {
            return List.of(Duration.ZERO);
        }
        List<Instant> known = new ArrayList<>(literals);
        Stream.of(now, facts.windowStart(), facts.windowEnd(), facts.windowEnd().plus(facts.buffer()))
                .forEach(known::add);
        facts.startedAt().ifPresent(known::add);
        facts.completedAt().ifPresent(known::add);
        facts.manifest().map(ManifestFacts::date).ifPresent(known::add);
        List<Duration> shifts = new ArrayList<>();
        shifts.add(Duration.ZERO);
        shifts.add(skew.negated());
        shifts.add(skew);
        shifts.addAll(new TreeSet<>(ConditionTimes.turningPoints(read, known, skew)));
        return shifts;
    }

    private Map<String, Object> shifted(Map<String, Object> values, Duration shift) {
        if (shift.isZero()) {
            return values;
        }
        Map<String, Object> moved = new HashMap<>(values);
        for (String name : times) {
            moved.computeIfPresent(name, (key, value) -> value instanceof Instant time ? time.plus(shift) : value);
        }
        return moved;
    }

    private static List<String> timesNamed(String text, Fields fields) {
        return fields.list().stream()
                .filter(field -> field.type() == Fields.Type.TIME)
                .map(Fields.Field::name)
                .filter(text::contains)
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
