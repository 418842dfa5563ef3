package dev.sweepback.gate;

import dev.sweepback.journal.JournalException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks every condition and every check; acts on none of them by itself. */
public final class Gate {

    private final List<GateCondition> conditions;
    private final Checks checks;

    public Gate(List<GateCondition> conditions, Checks checks) {
        this.conditions = List.copyOf(conditions);
        this.checks = checks;
    }

    /** The conditions that hold for every job. */
    public static Gate standard(Checks checks) {
        return new Gate(
                List.of(
                        new UpgradeSucceeded(),
                        new WindowOver(),
                        new SoakOver(),
                        new RebootConfirmed(),
                        new Enabled(),
                        new NotPaused(),
                        new NotYetDone()),
                checks);
    }

    /** What record and time alone tell; asks nobody outside. */
    public GateState fromRecord(Question question) {
        return new GateState(conditions.stream()
                .map(condition -> new GateState.Answer(condition.name(), ask(condition, question)))
                .toList());
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
        List<GateState.Answer> answers = asked.answers();
        return new GateState(Stream.concat(
                        fromRecord(question).answers().stream(),
                        answers.subList(Math.min(conditions.size(), answers.size()), answers.size()).stream())
                .toList());
    }

    /** The checks alone, each asked once. */
    public GateState checksAlone(Question question) {
        return new GateState(checks.ask(question, Patience.NONE));
    }

    /** With the checks, each asked once. */
    public GateState ask(Question question) {
        return ask(question, Patience.NONE);
    }

    /** With the checks, asked as often as they need if nothing else keeps the gate shut. */
    public GateState ask(Question question, Patience patience) {
        GateState record = fromRecord(question);
        List<GateState.Answer> asked = checks.ask(question, record.isOpen() ? patience : Patience.NONE);
        return new GateState(
                Stream.concat(record.answers().stream(), asked.stream()).toList());
    }
}
