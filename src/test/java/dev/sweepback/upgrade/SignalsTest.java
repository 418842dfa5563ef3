package dev.sweepback.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.SettableClock;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.InMemoryJournal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.SignalAnswer.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a signal does to the record. */
class SignalsTest {

    private static final UpgradeId UPGRADE = new UpgradeId("dten-2.4.0");
    private static final UpgradeId OTHER = new UpgradeId("dten-2.5.0");
    private static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));

    private final SettableClock clock = new SettableClock();
    private final InMemoryJournal journal = new InMemoryJournal(clock);
    private final Upgrades upgrades = new Upgrades(journal, clock);
    private final Signals signals = new Signals(journal, clock);

    @BeforeEach
    void schedule() {
        for (UpgradeId id : List.of(UPGRADE, OTHER)) {
            Instant now = clock.instant();
            Window window = new Window(now, now.plus(Duration.ofHours(2)), Duration.ZERO);
            upgrades.schedule(id, "app", "1", "2", "production", window, SOMEBODY);
        }
    }

    @Test
    void aSignalMovesItsUpgradeAndIsOnRecordWithSenderEventAndReason() {
        Signal signal = new Signal(
                "github",
                "77",
                UPGRADE.value(),
                Optional.of("production"),
                Move.START,
                Optional.empty(),
                Optional.of("octocat"),
                Optional.of("CHG-1"));

        assertThat(signals.receive(signal).verdict()).isEqualTo(Verdict.RECORDED);

        assertThat(upgrades.get(UPGRADE).state()).isEqualTo(UpgradeState.RUNNING);
        Entry entry = last();
        assertThat(entry.type()).isEqualTo(EntryType.UPGRADE_STARTED);
        assertThat(entry.actor()).isEqualTo(new Actor("signal:github", true));
        assertThat(entry.data("event")).contains("github:77");
        assertThat(entry.reason()).contains("octocat");
        assertThat(entry.body().path("ticket").asString()).isEqualTo("CHG-1");
        assertThat(entry.data("at")).isEmpty();
        assertThat(entry.data("occurredAt")).isEmpty();
    }

    @Test
    void theSameEventASecondTimeChangesNothingWhateverHappenedSince() {
        signals.receive(signal("1", Move.START));
        signals.receive(signal("2", Move.COMPLETE));
        upgrades.move(UPGRADE, Move.ROLL_BACK, Optional.empty(), SOMEBODY);
        int before = size();

        assertThat(signals.receive(signal("2", Move.COMPLETE)).verdict()).isEqualTo(Verdict.ALREADY);
        assertThat(new Signals(journal, clock).receive(signal("1", Move.START)).verdict())
                .as("nothing is remembered but the record")
                .isEqualTo(Verdict.ALREADY);

        assertThat(size()).isEqualTo(before);
    }

    @Test
    void anEventThatIsSentOnToAnotherUpgradeIsNotANewOne() {
        signals.receive(signal("1", Move.START));

        SignalAnswer answer = signals.receive(signal("1", OTHER.value(), Move.START, Optional.empty()));

        assertThat(answer.verdict()).isEqualTo(Verdict.ALREADY);
        assertThat(upgrades.get(OTHER).state()).isEqualTo(UpgradeState.SCHEDULED);
    }

    @Test
    void theSameIdOfAnotherSenderIsAnotherEvent() {
        signals.receive(signal("1", Move.START));
        Signal other = new Signal(
                "argocd",
                "1",
                UPGRADE.value(),
                Optional.of("production"),
                Move.COMPLETE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(signals.receive(other).verdict()).isEqualTo(Verdict.RECORDED);
    }

    @ParameterizedTest
    @CsvSource({
        "START, started, UPGRADE_STARTED",
        "COMPLETE, completed, UPGRADE_COMPLETED",
        "FAIL, failed, UPGRADE_FAILED",
        "ROLL_BACK, rolling back, UPGRADE_ROLLED_BACK"
    })
    void aMoveThatIsMadeIsNotMadeAgainByAnotherEvent(Move move, String word, EntryType type) {
        if (move != Move.START) {
            upgrades.move(UPGRADE, Move.START, Optional.empty(), SOMEBODY);
        }
        upgrades.move(UPGRADE, move, Optional.empty(), SOMEBODY);
        int before = size();

        SignalAnswer answer = signals.receive(signal("9", move));

        assertThat(answer.verdict()).isEqualTo(Verdict.ALREADY);
        assertThat(answer.what()).contains("already").contains(word);
        assertThat(size()).isEqualTo(before);
        assertThat(last().type()).isEqualTo(type);
    }

    @Test
    void aMoveThatIsNotPossibleYetChangesNothingAndCanComeAgain() {
        SignalAnswer answer = signals.receive(signal("2", Move.COMPLETE));

        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_POSSIBLE);
        assertThat(answer.what()).contains("scheduled").contains("complete");
        assertThat(answer.remedy()).contains("start it first");
        assertThat(upgrades.get(UPGRADE).state()).isEqualTo(UpgradeState.SCHEDULED);

        signals.receive(signal("1", Move.START));
        assertThat(signals.receive(signal("2", Move.COMPLETE)).verdict()).isEqualTo(Verdict.RECORDED);
    }

    @ParameterizedTest
    @CsvSource({"dten-9.9.9", "'../../etc'", "''"})
    void anUpgradeThatIsNotThereIsUnknown(String id) {
        int before = size();

        SignalAnswer answer = signals.receive(signal("1", id, Move.START, Optional.empty()));

        assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN_UPGRADE);
        assertThat(answer.toString()).doesNotContain(UPGRADE.value());
        assertThat(size()).isEqualTo(before);
    }

    @Test
    void aSignalOfAnotherEnvironmentIsRefused() {
        Signal staging = new Signal(
                "github",
                "1",
                UPGRADE.value(),
                Optional.of("staging"),
                Move.START,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        int before = size();

        assertThat(signals.receive(staging).verdict()).isEqualTo(Verdict.OTHER_ENVIRONMENT);

        assertThat(size()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"-PT2H", "-PT10M", "-PT299S", "PT0S", "PT1S"})
    void itHappenedWhenItWasToldAndTheTimeOfTheSenderIsNotedBesides(Duration off) {
        signals.receive(signal("1", Move.START));
        clock.advance(Duration.ofMinutes(30));
        Instant occurred = clock.instant().plus(off);

        SignalAnswer answer = signals.receive(signal("2", UPGRADE.value(), Move.COMPLETE, Optional.of(occurred)));

        assertThat(answer.verdict()).isEqualTo(Verdict.RECORDED);
        assertThat(upgrades.get(UPGRADE).completedAt()).contains(clock.instant());
        assertThat(upgrades.get(UPGRADE).stated())
                .as("no policy that refuses stated times shuts the gate for it")
                .isEmpty();
        assertThat(last().data("at")).isEmpty();
        assertThat(last().data("occurredAt")).contains(occurred.toString());
    }

    private static Signal signal(String event, Move move) {
        return signal(event, UPGRADE.value(), move, Optional.empty());
    }

    private static Signal signal(String event, String upgrade, Move move, Optional<Instant> at) {
        return new Signal(
                "standard-webhooks", event, upgrade, Optional.empty(), move, at, Optional.empty(), Optional.empty());
    }

    private int size() {
        return journal.read(Query.all()).size();
    }

    private Entry last() {
        return journal.first(Query.all().latest(1)).orElseThrow();
    }
}
