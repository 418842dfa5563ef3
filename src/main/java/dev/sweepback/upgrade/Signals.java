package dev.sweepback.upgrade;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.SignalAnswer.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Moves upgrades as other systems say. Whether an event is new, and its move possible, is decided on the record, together with
 * recording it: not even two processes can both take the same event.
 */
public final class Signals {

    private static final String EVENT = "event";
    private static final String OCCURRED_AT = "occurredAt";
    private static final EntryType[] MOVES =
            Arrays.stream(Move.values()).map(Move::type).toArray(EntryType[]::new);

    private final Journal journal;
    private final Upgrades upgrades;

    public Signals(Journal journal, Clock clock) {
        this.journal = journal;
        this.upgrades = new Upgrades(journal, clock);
    }

    /** Makes the move that it asks for, or says why not; then nothing is changed. */
    public SignalAnswer receive(Signal signal) {
        List<SignalAnswer> objections = new ArrayList<>();
        journal.decide(reader -> {
            Optional<Upgrade> upgrade = find(reader, signal);
            objection(reader, signal, upgrade).ifPresent(objections::add);
            return objections.isEmpty() ? drafts(reader, signal, upgrade.orElseThrow()) : List.of();
        });
        return objections.stream()
                .findFirst()
                .orElseGet(() -> answer(
                        Verdict.RECORDED,
                        "upgrade '" + signal.upgrade() + "' is " + signal.move().done()));
    }

    private static Optional<Upgrade> find(JournalReader reader, Signal signal) {
        UpgradeId id;
        try {
            id = new UpgradeId(signal.upgrade());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Upgrades.find(reader, id);
    }

    private static Optional<SignalAnswer> objection(JournalReader reader, Signal signal, Optional<Upgrade> known) {
        if (known.isEmpty()) {
            return Optional.of(new SignalAnswer(
                    Verdict.UNKNOWN_UPGRADE,
                    "there is no such upgrade",
                    "schedule it before its first signal: sweepback upgrade schedule"));
        }
        Upgrade upgrade = known.get();
        if (signal.environment()
                .filter(named -> !named.equals(upgrade.environment()))
                .isPresent()) {
            return Optional.of(new SignalAnswer(
                    Verdict.OTHER_ENVIRONMENT,
                    "upgrade '" + upgrade.id() + "' is one of another environment",
                    "name the upgrade of this environment, or send signals of " + upgrade.environment() + " only"));
        }
        if (isRecorded(reader, signal)) {
            return Optional.of(answer(Verdict.ALREADY, "this event was received before: nothing was changed"));
        }
        if (isMade(signal.move(), upgrade.state())) {
            return Optional.of(answer(
                    Verdict.ALREADY,
                    "upgrade '" + upgrade.id() + "' is already " + signal.move().done() + ": nothing was changed"));
        }
        if (!signal.move().legalFrom(upgrade.state())) {
            return Optional.of(new SignalAnswer(
                    Verdict.NOT_POSSIBLE,
                    "upgrade '" + upgrade.id() + "' is " + upgrade.state().word() + ": it cannot '"
                            + signal.move().word() + "'",
                    Upgrades.remedy(upgrade)));
        }
        return Optional.empty();
    }

    private static SignalAnswer answer(Verdict verdict, String what) {
        return new SignalAnswer(verdict, what, "");
    }

    /** Of any upgrade: an event that was sent on to another one is not a new one. */
    private static boolean isRecorded(JournalReader reader, Signal signal) {
        AtomicBoolean found = new AtomicBoolean();
        reader.read(Query.of(MOVES), entry -> {
            if (entry.data(EVENT).filter(signal.recordedEvent()::equals).isPresent()) {
                found.set(true);
            }
        });
        return found.get();
    }

    private static boolean isMade(Move move, UpgradeState state) {
        return switch (state) {
            case ROLLING_BACK, ROLLED_BACK -> move == Move.ROLL_BACK;
            case SCHEDULED, RUNNING, SUCCEEDED, FAILED -> state == move.leadsTo();
        };
    }

    private List<Draft> drafts(JournalReader reader, Signal signal, Upgrade upgrade) {
        // It was witnessed when it was told: a time that others state would end the soak earlier, or shut the gate for
        // good.
        return upgrades.decided(
                reader,
                upgrade.id(),
                signal.move(),
                Optional.empty(),
                moved -> {
                    Draft marked = moved.data(EVENT, signal.recordedEvent());
                    return signal.at()
                            .map(at -> marked.data(OCCURRED_AT, at.toString()))
                            .orElse(marked);
                },
                signal.note());
    }
}
