package dev.sweepback.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What every journal does. */
public abstract class JournalContract {

    protected static final Actor ACTOR = new Actor("local:1000/ann", false);
    protected static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    protected final SetClock clock = new SetClock(START);
    protected Journal journal = new InMemoryJournal(clock);

    /** A new, empty journal. */
    protected abstract Journal open();

    @BeforeEach
    void openIt() {
        journal = open();
    }

    @AfterEach
    void closeIt() {
        journal.close();
    }

    @Test
    void entriesAreNumberedFromOneWithoutGaps() {
        journal.append(Draft.of(EntryType.UPGRADE_STARTED, ACTOR).upgrade(new UpgradeId("u1")));
        List<Entry> two = journal.append(List.of(
                Draft.of(EntryType.JOB_ENABLED, ACTOR).job("a"),
                Draft.of(EntryType.JOB_PAUSED, ACTOR).job("a")));

        assertThat(two).extracting(Entry::seq).containsExactly(2L, 3L);
        assertThat(journal.read(Query.all())).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anEntryComesBackAsItWasWritten() {
        Entry written = journal.append(Draft.of(EntryType.OPERATION_OUTCOME, ACTOR)
                .job("j")
                .upgrade(new UpgradeId("u"))
                .plan(new PlanId("p"))
                .run(new RunId("r"))
                .operation(new OperationId("o"))
                .resource(new ResourceRef("flag", "unleash", "dark/möde"), "dark möde")
                .action("archive")
                .outcome(Outcome.DONE)
                .reason("because")
                .ticket("T-1")
                .data("count", JsonMapper.shared().createObjectNode().put("n", 3)));

        Entry read = journal.read(Query.all()).get(0);
        assertThat(read.bytes()).isEqualTo(written.bytes());
        assertThat(read.time()).isEqualTo(START);
        assertThat(read.actor()).isEqualTo(ACTOR);
        assertThat(read.resource()).contains(new ResourceRef("flag", "unleash", "dark/möde"));
        assertThat(read.outcome()).contains(Outcome.DONE);
        assertThat(read.dataNode("count").path("n").asInt()).isEqualTo(3);
    }

    @Test
    void snapshotsAndDocumentsTravelWithTheirEntry() {
        State state = State.of(JsonMapper.shared().createObjectNode().put("url", "https://secret.example/x"));
        byte[] document = "a plan".getBytes(StandardCharsets.UTF_8);

        Entry entry = journal.append(Draft.of(EntryType.OPERATION_INTENT, ACTOR)
                .snapshot("before", state)
                .snapshot("after", State.ABSENT)
                .document("plan", document));

        assertThat(journal.snapshot(entry.data("before").orElseThrow())).isEqualTo(state);
        assertThat(journal.snapshot(entry.data("after").orElseThrow()).isAbsent())
                .isTrue();
        assertThat(journal.document(entry.data("plan").orElseThrow())).isEqualTo(document);
        assertThat(entry.toString()).doesNotContain("secret.example");
    }

    @Test
    void theSameStateTwiceIsTwoSnapshots() {
        State state = State.of(JsonMapper.shared().createObjectNode().put("a", 1));

        Entry first = journal.append(Draft.of(EntryType.OPERATION_INTENT, ACTOR).snapshot("before", state));
        Entry second =
                journal.append(Draft.of(EntryType.OPERATION_INTENT, ACTOR).snapshot("before", state));

        assertThat(first.data("before")).isNotEqualTo(second.data("before"));
    }

    @Test
    void whatIsNotThereIsAnError() {
        assertThatThrownBy(() -> journal.snapshot("snapshot:sha256:00")).isInstanceOf(JournalException.class);
        assertThatThrownBy(() -> journal.document("document:sha256:00")).isInstanceOf(JournalException.class);
    }

    @Test
    void aPlanIsCarriedOutAtMostOnce() {
        journal.append(runStarted("r1", "p1"));

        assertThatThrownBy(() -> journal.append(List.of(note("before"), runStarted("r2", "p1"))))
                .isInstanceOfSatisfying(
                        PlanAlreadyRun.class,
                        refusal -> assertThat(refusal.plan()).isEqualTo(new PlanId("p1")))
                .hasMessageContaining("p1");
        journal.append(runStarted("r3", "p2"));

        assertThat(journal.read(Query.of(EntryType.RUN_STARTED))).hasSize(2);
        assertThat(journal.read(Query.all())).extracting(Entry::seq).containsExactly(1L, 2L);
    }

    @Test
    void aDecisionSeesAllBeforeItAndWhatItThrowsRecordsNothing() {
        journal.append(note("a"));

        List<Entry> decided =
                journal.decide(reader -> List.of(note(reader.read(Query.all()).size() + " before")));
        assertThatThrownBy(() -> journal.decide(reader -> {
                    throw new UnsupportedOperationException("no");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(journal.decide(reader -> List.of())).isEmpty();

        assertThat(decided).extracting(entry -> entry.reason().orElseThrow()).containsExactly("1 before");
        assertThat(journal.read(Query.all())).hasSize(2);
    }

    @Test
    void decisionsOfManyThreadsComeOneAfterTheOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int index = 0; index < 50; index++) {
            all.add(threads.submit(() -> journal.decide(reader -> List.of(note(
                    "" + reader.first(Query.all().latest(1)).map(Entry::seq).orElse(0L))))));
            all.add(threads.submit(() -> journal.append(note("between"))));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();

        assertThat(journal.read(Query.all()))
                .extracting(Entry::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(journal.read(Query.all()).stream()
                        .filter(entry -> !entry.reason().orElseThrow().equals("between")))
                .hasSize(50)
                .allSatisfy(entry -> assertThat(entry.reason()).contains("" + (entry.seq() - 1)));
    }

    @Test
    void ofManyThatStartTheSamePlanAtOnceOnlyOneDoesAndNobodyElseIsHeldUp() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> starts = new ArrayList<>();
        List<Future<Entry>> others = new ArrayList<>();
        for (int index = 0; index < 20; index++) {
            String run = "r" + index;
            starts.add(threads.submit(() -> started(run)));
            others.add(threads.submit(() -> journal.append(note("other"))));
        }
        int started = 0;
        for (Future<Boolean> start : starts) {
            started += start.get() ? 1 : 0;
        }
        for (Future<Entry> other : others) {
            other.get();
        }
        threads.shutdown();

        assertThat(started).isEqualTo(1);
        assertThat(journal.read(Query.all()))
                .extracting(Entry::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 21).boxed().toList());
    }

    private boolean started(String run) {
        try {
            journal.append(runStarted(run, "the-plan"));
            return true;
        } catch (PlanAlreadyRun refused) {
            return false;
        }
    }

    @Test
    void aDecisionThatAppendsByItselfIsRefused() {
        assertThatThrownBy(() -> journal.decide(reader -> journal.append(List.of(note("a"))).stream()
                        .map(entry -> note("b"))
                        .toList()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(journal.read(Query.all())).isEmpty();
    }

    @Test
    void queriesFindByEveryField() {
        ResourceRef flag = new ResourceRef("flag", "unleash", "dark");
        ResourceRef hook = new ResourceRef("webhook", "github", "7");
        journal.append(List.of(
                Draft.of(EntryType.OPERATION_INTENT, ACTOR)
                        .job("j1")
                        .upgrade(new UpgradeId("u1"))
                        .plan(new PlanId("p1"))
                        .run(new RunId("r1"))
                        .operation(new OperationId("o1"))
                        .resource(flag, "dark [mode]"),
                Draft.of(EntryType.OPERATION_OUTCOME, ACTOR)
                        .job("j1")
                        .upgrade(new UpgradeId("u1"))
                        .plan(new PlanId("p1"))
                        .run(new RunId("r1"))
                        .operation(new OperationId("o1"))
                        .resource(flag, "dark [mode]")
                        .outcome(Outcome.DONE),
                Draft.of(EntryType.OPERATION_INTENT, ACTOR)
                        .job("j2")
                        .upgrade(new UpgradeId("u2"))
                        .plan(new PlanId("p2"))
                        .run(new RunId("r2"))
                        .operation(new OperationId("o2"))
                        .resource(hook, "https://ci.example/…")));

        assertThat(seqs(Query.of(EntryType.OPERATION_INTENT))).containsExactly(1L, 3L);
        assertThat(seqs(Query.of(EntryType.OPERATION_INTENT, EntryType.OPERATION_OUTCOME)))
                .containsExactly(1L, 2L, 3L);
        assertThat(seqs(Query.all().job("j1"))).containsExactly(1L, 2L);
        assertThat(seqs(Query.all().upgrade(new UpgradeId("u2")))).containsExactly(3L);
        assertThat(seqs(Query.all().plan(new PlanId("p1")))).containsExactly(1L, 2L);
        assertThat(seqs(Query.of(EntryType.OPERATION_OUTCOME).run(new RunId("r1"))))
                .containsExactly(2L);
        assertThat(seqs(Query.all().operation(new OperationId("o2")))).containsExactly(3L);
        assertThat(seqs(Query.all().resource(flag))).containsExactly(1L, 2L);
        assertThat(seqs(Query.all().kind("webhook"))).containsExactly(3L);
        assertThat(seqs(Query.all().connection("github"))).containsExactly(3L);
        assertThat(seqs(Query.all().named("dark [mode]"))).containsExactly(1L, 2L);
        assertThat(seqs(Query.all().named("https://*.example/?"))).containsExactly(3L);
        assertThat(seqs(Query.all().named("DARK*"))).isEmpty();
        assertThat(seqs(Query.all().after(2))).containsExactly(3L);
        assertThat(seqs(Query.all().latest(2))).containsExactly(3L, 2L);
        assertThat(journal.first(Query.all().job("j1").latest(5)).map(Entry::seq))
                .contains(2L);
        assertThat(journal.first(Query.all().job("none"))).isEmpty();
    }

    @Test
    void timesAreComparedAsTimes() {
        journal.append(note("on the second"));
        clock.forward(Duration.ofMillis(120));
        journal.append(note("within it"));
        clock.forward(Duration.ofMillis(880));
        journal.append(note("a second later"));

        assertThat(seqs(Query.all().from(START))).containsExactly(1L, 2L, 3L);
        assertThat(seqs(Query.all().from(START.plusNanos(1)))).containsExactly(2L, 3L);
        assertThat(seqs(Query.all().from(START.plusMillis(120)))).containsExactly(2L, 3L);
        assertThat(seqs(Query.all().until(START.plusMillis(120)))).containsExactly(1L);
        assertThat(seqs(Query.all().until(START.plusMillis(120).plusNanos(1)))).containsExactly(1L, 2L);
        assertThat(seqs(Query.all().from(START.plusMillis(1)).until(START.plusSeconds(1))))
                .containsExactly(2L);
    }

    @Test
    void anUntouchedJournalIsWhole() {
        assertThat(journal.verify().ok()).isTrue();
        journal.append(List.of(note("a"), note("b"), note("c")));

        Verification verification = journal.verify();

        TreeHead tree = new TreeHead();
        journal.read(Query.all(), entry -> tree.add(entry.leafHash()));
        assertThat(verification.problem()).isEmpty();
        assertThat(verification.entries()).isEqualTo(3);
        assertThat(verification.root()).isEqualTo(tree.root());
    }

    protected static Draft note(String reason) {
        return Draft.of(EntryType.RESOURCE_KEPT, ACTOR).reason(reason);
    }

    protected static Draft runStarted(String run, String plan) {
        return Draft.of(EntryType.RUN_STARTED, ACTOR).run(new RunId(run)).plan(new PlanId(plan));
    }

    private List<Long> seqs(Query query) {
        return journal.read(query).stream().map(Entry::seq).toList();
    }

    /** A clock that goes when told. */
    public static final class SetClock extends Clock {
        private Instant now;

        public SetClock(Instant now) {
            this.now = now;
        }

        public synchronized void forward(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
