package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.ForkedJava;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.run.Pause;
import dev.sweepback.run.RunJson;
import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import dev.sweepback.sandbox.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A process that runs, and one that takes back, are killed wherever they can be; the next one finishes what they began. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Processes cost a second each: what they need not show is shown in this one. */
    private static final int MOST_PROCESSES = 120;

    private int processes;
    private KillSite site;
    private List<String> cleanupEvents;
    private List<String> undoEvents;

    @BeforeAll
    void recordWhatThereIsToInterrupt(@TempDir Path folder) {
        site = new KillSite(folder);
        KillHome home = site.begin();
        cleanupEvents = events(home, KillHome.CLEANUP);
        undoEvents = events(home, KillHome.UNDO);
    }

    @AfterAll
    void close() {
        site.close();
        assertThat(processes).isLessThanOrEqualTo(MOST_PROCESSES);
    }

    private static List<String> events(KillHome home, String purpose) {
        Doom doom = Doom.here(Doom.Point.NEVER);
        home.act(purpose, doom);
        return doom.events();
    }

    @Test
    void everyKindOfCallIsThereToBeInterrupted() {
        assertThat(kinds(cleanupEvents))
                .contains(
                        "send POST /api/admin/projects/default/archive",
                        "send PATCH /repos/acme/dten/hooks/#",
                        "send PUT /v1/sys/leases/revoke",
                        "send POST /v1/auth/token/revoke-accessor");
        assertThat(kinds(undoEvents))
                .contains(
                        "send POST /v1/auth/token/create/undo",
                        "send GET /v1/database/creds/migrator",
                        "send PATCH /repos/acme/dten/hooks/#",
                        "send POST /api/admin/projects/default/revive",
                        "send POST /api/admin/projects/default/features/flag/dependencies",
                        "send POST /api/admin/projects/default/features/flag/environments/production/on");
    }

    @ParameterizedTest(name = "killed {0}; undo killed {1}")
    @MethodSource("everyPoint")
    void whatAProcessBeganBeforeItDiedIsFinishedOnce(String cleanup, String undo, Doom.Point first, Doom.Point second) {
        KillHome home = site.begin();
        ObjectNode before = site.sandbox.dump();

        dieHere(home, KillHome.CLEANUP, first);
        Run run = home.recover(KillHome.CLEANUP, site.clock);

        requireCleaned(home, before, run);

        dieHere(home, KillHome.UNDO, second);
        Run undone = home.recover(KillHome.UNDO, site.clock);

        requireRestored(home, before, run, undone);
    }

    @ParameterizedTest(name = "killed {0}; undo killed {1}")
    @MethodSource("oncePerKind")
    void whatAKilledProcessBeganIsFinishedOnce(String cleanup, String undo, Doom.Point first, Doom.Point second)
            throws Exception {
        KillHome home = site.begin();
        ObjectNode before = site.sandbox.dump();

        kill(home, KillHome.CLEANUP, first);
        Run run = home.recover(KillHome.CLEANUP, site.clock);

        requireCleaned(home, before, run);

        kill(home, KillHome.UNDO, second);
        Run undone = home.recover(KillHome.UNDO, site.clock);

        requireRestored(home, before, run, undone);
    }

    @ParameterizedTest
    @CsvSource({
        "cleanup, unleash, POST, .*/archive",
        "cleanup, github, PATCH, .*/hooks/[0-9]+",
        "cleanup, vault, PUT, .*/leases/revoke",
        "cleanup, vault, POST, .*/revoke-accessor",
        "undo, unleash, POST, .*/revive",
        "undo, unleash, POST, .*/dependencies",
        "undo, unleash, POST, .*/production/on",
        "undo, github, PATCH, .*/hooks/[0-9]+",
        "undo, vault, POST, .*/token/create/undo",
        "undo, vault, GET, .*/creds/migrator",
        "undo, vault, PUT|POST, .*/wrapping/unwrap",
        "undo, vault, PUT|POST, .*/secret/data/handover/.*"
    })
    void whatTakesEffectTwoSecondsAfterTheKillIsFound(String purpose, String system, String method, String path)
            throws Exception {
        KillHome home = site.begin();
        ObjectNode before = site.sandbox.dump();
        if (purpose.equals(KillHome.UNDO)) {
            home.act(KillHome.CLEANUP, Doom.here(Doom.Point.NEVER));
        }
        CountDownLatch arrived = new CountDownLatch(1);
        long done = count(system, method, path);
        faults(system)
                .next(request -> {
                    boolean hit =
                            request.method().matches(method) && request.path().matches(path);
                    if (hit) {
                        arrived.countDown();
                    }
                    return hit;
                })
                .lateEffect(Duration.ofSeconds(2));

        try (ForkedJava child = fork(home, purpose, Doom.Point.NEVER)) {
            assertThat(arrived.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            child.kill();
        }
        Pause deadline = instant -> {
            awaitCount(system, method, path, done + 1);
            site.clock.until(instant);
        };
        Run recovered = home.recover(purpose, deadline);

        if (purpose.equals(KillHome.CLEANUP)) {
            requireCleaned(home, before, recovered);
        } else {
            requireRestored(home, before, home.read(KillTest::cleanup), recovered);
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT|POST, .*/wrapping/unwrap", "PUT|POST, .*/secret/data/handover/.*"})
    void aHandOverWhoseAnswerNobodyReadLeavesNoCredentialBehind(String method, String path) throws Exception {
        KillHome home = site.begin();
        ObjectNode before = site.sandbox.dump();
        home.act(KillHome.CLEANUP, Doom.here(Doom.Point.NEVER));
        HeldAnswer held = site.sandbox
                .vault()
                .faults()
                .hold(request ->
                        request.method().matches(method) && request.path().matches(path));

        try (ForkedJava child = fork(home, KillHome.UNDO, Doom.Point.NEVER)) {
            assertThat(held.awaitArrived(PATIENCE)).isTrue();
            child.kill();
        }
        held.release();
        Run undone = home.recover(KillHome.UNDO, site.clock);

        requireRestored(home, before, home.read(KillTest::cleanup), undone);
    }

    Stream<Arguments> everyPoint() {
        List<Doom.Point> cleanup = points(cleanupEvents, allOf(cleanupEvents));
        List<Doom.Point> undo = points(undoEvents, allOf(undoEvents));
        return pairs(cleanup, undo);
    }

    Stream<Arguments> oncePerKind() {
        return pairs(points(cleanupEvents, firstOfKinds(cleanupEvents)), points(undoEvents, firstOfKinds(undoEvents)));
    }

    private Stream<Arguments> pairs(List<Doom.Point> cleanup, List<Doom.Point> undo) {
        return IntStream.range(0, Math.max(cleanup.size(), undo.size())).mapToObj(index -> {
            Doom.Point first = cleanup.get(index % cleanup.size());
            Doom.Point second = undo.get(index % undo.size());
            return Arguments.of(first.in(cleanupEvents), second.in(undoEvents), first, second);
        });
    }

    private static List<Integer> allOf(List<String> events) {
        return IntStream.range(0, events.size()).boxed().toList();
    }

    /** The first request of each kind, with what comes right before it. */
    private static List<Integer> firstOfKinds(List<String> events) {
        Set<String> kinds = new HashSet<>();
        Set<Integer> chosen = new TreeSet<>();
        for (int index = 0; index < events.size(); index++) {
            if (events.get(index).startsWith("send") && kinds.add(kind(events.get(index)))) {
                chosen.addAll(List.of(index - 1, index));
            }
        }
        return List.copyOf(chosen);
    }

    private static List<Doom.Point> points(List<String> events, List<Integer> chosen) {
        assertThat(chosen).isNotEmpty().allMatch(index -> index < events.size());
        List<Doom.Point> points = new ArrayList<>();
        for (int index : chosen) {
            points.add(new Doom.Point(index, Doom.Moment.BEFORE));
            points.add(new Doom.Point(index, Doom.Moment.AFTER));
        }
        return points;
    }

    private static Set<String> kinds(List<String> events) {
        return events.stream().map(KillTest::kind).collect(Collectors.toSet());
    }

    private static String kind(String event) {
        return event.replaceAll("small-[0-9]+-[a-z-]+", "flag").replaceAll("/[0-9]+", "/#");
    }

    private static void dieHere(KillHome home, String purpose, Doom.Point point) {
        Doom doom = Doom.here(point);
        Throwable end = catchAll(() -> home.act(purpose, doom));
        assertThat(doom.hasStruck()).as("the point was reached; " + end).isTrue();
    }

    private static Throwable catchAll(Runnable work) {
        return org.assertj.core.api.Assertions.catchThrowable(work::run);
    }

    private void kill(KillHome home, String purpose, Doom.Point point) throws IOException, InterruptedException {
        try (ForkedJava child = fork(home, purpose, point)) {
            assertThat(child.line()).isEqualTo(KilledRun.HERE);
            child.kill();
        }
    }

    private ForkedJava fork(KillHome home, String purpose, Doom.Point point) throws IOException {
        processes++;
        return new ForkedJava(KilledRun.class, site.arguments(home, purpose, point));
    }

    private Faults faults(String system) {
        return switch (system) {
            case "unleash" -> site.sandbox.unleash().faults();
            case "github" -> site.sandbox.github().faults();
            default -> site.sandbox.vault().faults();
        };
    }

    private Traffic traffic(String system) {
        return switch (system) {
            case "unleash" -> site.sandbox.unleash().traffic();
            case "github" -> site.sandbox.github().traffic();
            default -> site.sandbox.vault().traffic();
        };
    }

    private long count(String system, String method, String path) {
        return Stream.of(method.split("\\|", -1))
                .mapToLong(one -> traffic(system).count(one, path))
                .sum();
    }

    private void awaitCount(String system, String method, String path, long atLeast) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (count(system, method, path) < atLeast && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void requireCleaned(KillHome home, ObjectNode before, Run run) {
        assertThat(run.state()).as(RunJson.toJson(run).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
        home.read(journal -> {
            requireWholeRecord(journal, run);
            requireSnapshots(journal, before);
            return run;
        });
        for (String flag : site.flags(home)) {
            assertThat(site.sandbox.unleash().events("feature-archived", flag)).isEqualTo(1);
        }
        List<OperationRecord> hooks = of("webhook", run);
        assertThat(hooks).hasSize(3);
        hooks.forEach(hook -> assertThat(site.sandbox
                        .github()
                        .traffic()
                        .count("PATCH", ".*/" + hook.ref().id()))
                .isEqualTo(1));
        assertThat(count("vault", "PUT", ".*/leases/revoke")).isEqualTo(2);
        assertThat(count("vault", "POST", ".*/revoke-accessor")).isEqualTo(2);
    }

    private static void requireWholeRecord(Journal journal, Run run) {
        assertThat(journal.verify().problem()).isEmpty();
        List<Entry> entries = journal.read(Query.all());
        assertThat(entries.stream().map(Entry::seq))
                .isEqualTo(IntStream.rangeClosed(1, entries.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(run.operations()).hasSize(KillSite.OPERATIONS).allMatch(OperationRecord::succeeded);
        for (OperationRecord operation : run.operations()) {
            List<Entry> chain = journal.read(Query.all().operation(operation.id()));
            for (int index = 0; index < chain.size(); index++) {
                Entry entry = chain.get(index);
                boolean last = index == chain.size() - 1;
                if (index % 2 == 0 && !last) {
                    assertThat(entry.type()).isEqualTo(EntryType.OPERATION_INTENT);
                } else {
                    assertThat(entry.type()).isEqualTo(EntryType.OPERATION_OUTCOME);
                    assertThat(entry.outcome().filter(Outcome.DONE::equals).isPresent())
                            .isEqualTo(last);
                }
            }
        }
    }

    private void requireSnapshots(Journal journal, ObjectNode before) {
        Set<String> snapshots = journal.read(Query.of(EntryType.OPERATION_INTENT)).stream()
                .filter(intent ->
                        !journal.snapshot(intent.data("before").orElseThrow()).isAbsent())
                .map(intent -> intent.resource().orElseThrow())
                .map(ref -> ref.kind() + ":" + ref.id())
                .collect(Collectors.toSet());
        List<String> changed = Comparison.between(before, site.sandbox.dump()).different().stream()
                .map(Comparison.Difference::name)
                .toList();
        assertThat(changed).hasSize(KillSite.OPERATIONS);
        assertThat(snapshots).containsAll(changed);
    }

    private void requireRestored(KillHome home, ObjectNode before, Run run, Run undone) {
        assertThat(undone.state()).as(RunJson.toJson(undone).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
        home.read(journal -> {
            requireWholeRecord(journal, undone);
            assertThat(Run.find(journal, run.id()).orElseThrow().state()).isEqualTo(RunState.UNDONE);
            return undone;
        });
        Comparison comparison = Comparison.between(before, site.sandbox.dump());
        assertThat(comparison.different()).isEmpty();
        assertThat(comparison.reissued()).isEqualTo(4);
        for (String flag : site.flags(home)) {
            assertThat(site.sandbox.unleash().events("feature-revived", flag)).isEqualTo(1);
        }
        of("webhook", undone)
                .forEach(hook -> assertThat(site.sandbox
                                .github()
                                .traffic()
                                .count("PATCH", ".*/" + hook.ref().id()))
                        .isEqualTo(2));
        requireEveryCredentialHandedOver(undone);
    }

    /** A live token that undo issued is the one that its operation's hand-over names. */
    private void requireEveryCredentialHandedOver(Run undone) {
        List<String> handedOver = Stream.of("lease", "token")
                .flatMap(kind -> of(kind, undone).stream())
                .map(operation -> site.sandbox
                        .vault()
                        .secret("handover/small/" + operation.id())
                        .orElseThrow()
                        .path("wrapped_accessor")
                        .asString())
                .toList();
        List<String> marked = site.sandbox.vault().dump().properties().stream()
                .filter(thing -> thing.getKey().startsWith("token:"))
                .filter(thing -> isMarked(thing.getValue()))
                .map(thing -> thing.getKey().substring("token:".length()))
                .toList();
        assertThat(marked).containsExactlyInAnyOrderElementsOf(handedOver);
        assertThat(site.sandbox.vault().leasesOf("migrator")).hasSize(2);
    }

    private static boolean isMarked(JsonNode token) {
        return token.path("meta").has("sweepback_op");
    }

    private static List<OperationRecord> of(String kind, Run run) {
        return run.operations().stream()
                .filter(operation -> operation.ref().kind().equals(kind))
                .toList();
    }

    private static Run cleanup(Journal journal) {
        return Runs.all(journal).stream()
                .filter(run -> run.purpose().equals(KillHome.CLEANUP))
                .findFirst()
                .orElseThrow();
    }
}
