package dev.sweepback.gate;

import dev.sweepback.upgrade.Stated;
import dev.sweepback.upgrade.Upgrade;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Start and completion of the upgrade were recorded as they happened, or the policy accepts that somebody stated them later. */
final class TimesWitnessed implements GateCondition {

    @Override
    public String name() {
        return "times witnessed";
    }

    @Override
    public Verdict ask(Question question) {
        Upgrade upgrade = question.upgrade();
        List<Stated> stated = upgrade.stated();
        if (stated.isEmpty()) {
            return new Verdict.Open("no time was stated afterwards");
        }
        String told = stated.stream().map(TimesWitnessed::told).collect(Collectors.joining(", and "));
        String policy = question.policy().name();
        if (question.policy().permits().acceptsStatedTimes()) {
            return new Verdict.Open("policy '" + policy + "' accepts that " + told);
        }
        return new Verdict.Closed(
                told + ": the soak would count from a time that nobody can vouch for, and policy '" + policy
                        + "' refuses that; schedule the upgrade anew and record its moves without --at, or let the policy"
                        + " say 'statedTimes: accept'",
                Optional.empty());
    }

    private static String told(Stated stated) {
        return stated.by() + " stated only at " + Left.minute(stated.recordedAt()) + " that it was "
                + stated.time().done() + " at " + Left.minute(stated.at());
    }
}
