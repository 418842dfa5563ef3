package dev.sweepback.gate;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** No check has held the gate for longer than its {@code maxWait}; what was given up stays so until the job is enabled again. */
final class NoCheckGivenUp implements GateCondition {

    @Override
    public String name() {
        return "no check given up";
    }

    @Override
    public Verdict ask(Question question) {
        String givenUp = CheckWaits.of(question).entrySet().stream()
                .filter(wait -> wait.getValue().givenUp().isPresent())
                .sorted(Map.Entry.comparingByKey())
                .map(wait -> "'" + wait.getKey() + "' (not good from "
                        + Left.minute(wait.getValue().since()) + " to "
                        + Left.minute(wait.getValue().givenUp().orElseThrow()) + ")")
                .collect(Collectors.joining(", "));
        return givenUp.isEmpty()
                ? new Verdict.Open("none was waited for too long")
                : new Verdict.Closed(
                        givenUp + " was waited for as long as its maxWait says; to try again: "
                                + CheckWaits.enable(question),
                        Optional.empty());
    }
}
