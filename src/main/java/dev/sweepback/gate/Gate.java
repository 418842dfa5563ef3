package dev.sweepback.gate;

import dev.sweepback.job.Freeze;
import java.util.List;
import java.util.stream.Stream;

/** Asks every condition and every check; acts on none of them by itself. */
public final class Gate {

    private final List<GateCondition> conditions;
    private final Checks checks;

    public Gate(List<GateCondition> conditions, Checks checks) {
        this.conditions = List.copyOf(conditions);
        this.checks = checks;
    }

    /** As {@link #standard(List, Checks)}, without freezes. */
    public static Gate standard(Checks checks) {
        return standard(List.of(), checks);
    }

    /** The conditions that hold for every job. */
    public static Gate standard(List<Freeze> freezes, Checks checks) {
        return new Gate(
                List.of(
                        new UpgradeSucceeded(),
                        new WindowOver(),
                        new SoakOver(),
                        new Enabled(),
                        new NotPaused(),
                        new NotYetDone(),
                        new TimesWitnessed(),
                        new WithinHours(),
                        new NoFreeze(freezes),
                        new WithinRate()),
                checks);
    }

    /** What record and time alone tell; asks nobody outside. */
    public GateState fromRecord(Question question) {
        return new GateState(conditions.stream()
                .map(condition -> new GateState.Answer(condition.name(), condition.ask(question)))
                .toList());
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
