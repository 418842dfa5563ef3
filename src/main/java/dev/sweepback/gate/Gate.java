package dev.sweepback.gate;

import dev.sweepback.job.Freeze;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import java.util.List;
import java.util.Optional;

/** Asks every condition and every check; acts on none of them by itself. */
public final class Gate {

    private final List<GateCondition> conditions;
    private final Checks checks;

    public Gate(List<GateCondition> conditions, Checks checks) {
        this.conditions = List.copyOf(conditions);
        this.checks = checks;
    }

    /** As {@link #standard(List, Checks, ClockWatch)}, without freezes. */
    public static Gate standard(Checks checks, ClockWatch clock) {
        return standard(List.of(), checks, clock);
    }

    public static Gate standard(List<Freeze> freezes, Checks checks, ClockWatch clock) {
        return new Gate(conditions(freezes, clock), checks);
    }

    /** The conditions that hold for every job. */
    public static List<GateCondition> conditions(List<Freeze> freezes, ClockWatch clock) {
        return List.of(
                new UpgradeSucceeded(),
                new WindowOver(),
                new SoakOver(),
                new RebootConfirmed(),
                new Enabled(),
                new NotPaused(),
                new NotYetDone(),
                new TimesWitnessed(),
                new WithinHours(),
                new NoFreeze(freezes),
                new WithinRate(),
                new NoCheckGivenUp(),
                new ClockRight(clock));
    }

    /** What record and time alone tell; asks nobody outside. */
    public GateState fromRecord(Question question) {
        return new GateState(
                conditions.stream()
                        .map(condition -> new GateState.Answer(condition.name(), ask(condition, question)))
                        .toList(),
                List.of());
    }

    /** What rests on a record that cannot be read is not known, and so not open. */
    private static Verdict ask(GateCondition condition, Question question) {
        try {
            return condition.ask(question);
        } catch (JournalException e) {
            return new Verdict.Unknown("the record cannot be read: " + e.getMessage(), Optional.empty());
        }
    }

    /** What record and time tell now, with what the checks have just answered. */
    public GateState refreshed(Question question, GateState asked) {
        return new GateState(fromRecord(question).ofRecord(), asked.ofChecks());
    }

    /** The checks alone, each asked once. */
    public GateState checksAlone(Question question) {
        return new GateState(List.of(), checks.ask(question, Patience.NONE));
    }

    /** With the checks, each asked once. */
    public GateState ask(Question question) {
        return ask(question, Patience.NONE);
    }

    /** With the checks, asked as often as they need if nothing else keeps the gate shut. */
    public GateState ask(Question question, Patience patience) {
        return asked(question, patience).state();
    }

    /**
     * As {@link #ask(Question, Patience)}, by who is about to act: what must outlive the process is recorded.
     *
     * @throws dev.sweepback.journal.JournalException if it could not be recorded
     */
    public GateState act(Question question, Patience patience, Journal journal, Actor actor) {
        note(journal, actor);
        Asked asked = asked(question, patience);
        List<Draft> news = CheckWaits.news(asked.question(), asked.record(), asked.checks(), actor);
        if (!news.isEmpty()) {
            journal.append(news);
        }
        return asked.state();
    }

    /** Records what conditions have seen and no record tells; each thing once, by who acts. */
    public void note(Journal journal, Actor actor) {
        conditions.forEach(condition -> condition.note(journal, actor));
    }

    /** What was asked, and answered. */
    private record Asked(Question question, GateState record, List<GateState.Answer> checks) {
        GateState state() {
            return new GateState(record.ofRecord(), checks);
        }
    }

    private Asked asked(Question question, Patience patience) {
        GateState record = fromRecord(question);
        if (question.job().checks().isEmpty()) {
            return new Asked(question, record, List.of());
        }
        RecordWatch watch = new RecordWatch(record.isOpen() ? patience : Patience.NONE, question, this::fromRecord);
        List<GateState.Answer> asked = checks.ask(question, watch);
        // the record may tell something else now, and the answers something of the clock
        return new Asked(watch.question(), fromRecord(watch.question()), asked);
    }
}
