package dev.sweepback.gate;

import java.util.List;

/** Asks every condition; acts on none of them by itself. */
public final class Gate {

    private final List<GateCondition> conditions;

    public Gate(List<GateCondition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /** The conditions that hold for every job. */
    public static Gate standard() {
        return new Gate(List.of(
                new UpgradeSucceeded(),
                new WindowOver(),
                new SoakOver(),
                new RebootConfirmed(),
                new Enabled(),
                new NotPaused(),
                new NotYetDone()));
    }

    public GateState ask(Question question) {
        return new GateState(conditions.stream()
                .map(condition -> new GateState.Answer(condition.name(), condition.ask(question)))
                .toList());
    }
}
