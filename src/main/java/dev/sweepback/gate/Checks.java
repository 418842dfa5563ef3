package dev.sweepback.gate;

import java.util.List;

/** Asks the checks of a job. Thread-safe. */
public interface Checks {

    /** For where no check can be asked: each is unknown. */
    Checks NONE = (question, patience) -> question.job().checks().stream()
            .map(check -> new GateState.Answer(
                    check.name(), new Verdict.Unknown("checks are not asked here", java.util.Optional.empty())))
            .toList();

    /** An answer for each check, in the order of the file. Never throws for what it cannot find out. */
    List<GateState.Answer> ask(Question question, Patience patience);
}
