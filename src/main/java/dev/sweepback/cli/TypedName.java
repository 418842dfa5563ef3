package dev.sweepback.cli;

import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Terms;
import java.util.Optional;

/** The name of the environment, typed by a person before what cannot be put back is done. Nothing answers it for them. */
final class TypedName {

    private TypedName() {}

    /**
     * Empty if none is needed.
     *
     * @throws Failure if nobody can type here, or something else was typed
     */
    static Optional<String> of(Plan plan, Terms terms, Acting acting, Outside outside, Console console) {
        String environment = terms.upgrade().environment();
        if (!acting.cleanup().needsName(plan, terms)) {
            return Optional.empty();
        }
        String job = plan.job();
        if (!outside.interactive()) {
            throw Failures.notConfirmed(
                    job,
                    "the plan does what cannot be put back, and nobody can type the name of the environment here; nothing was done",
                    "type it on a terminal, where --yes does not lift it: sweepback "
                            + (plan.purpose() == Purpose.DUE ? "run --due" : "run " + job + " --plan " + plan.id()));
        }
        String[] typed = {""};
        acting.ask(() -> typed[0] = Consent.typed(
                "This does what cannot be put back. Type the name of the environment, " + environment + ", to go on: ",
                console));
        if (!typed[0].equals(environment)) {
            throw Failures.notConfirmed(
                    job,
                    "what was typed is not the name of the environment; nothing was done",
                    "type it again, and " + environment + ", to act");
        }
        return Optional.of(environment);
    }
}
