package dev.sweepback.job;

import dev.sweepback.connector.Descriptor;
import java.time.Duration;
import java.util.Optional;

/** Reads the quarantine of a step, and checks that there is something to hold and that what follows can follow. */
final class QuarantineChecks {

    private final Findings findings;

    QuarantineChecks(Findings findings) {
        this.findings = findings;
    }

    Optional<Step.Quarantine> read(Values step) {
        if (step.has("then") && !step.has("quarantine")) {
            findings.add(
                    step.keyPlace("then"),
                    "'then' stands without 'quarantine'",
                    "both, or 'quarantine' alone",
                    "add 'quarantine', or remove 'then'");
            return Optional.empty();
        }
        if (step.has("then") && step.text("then").equals(step.text("action"))) {
            findings.add(
                    step.place("then"),
                    "'then' is the same as 'action'",
                    "a second action",
                    "remove 'then' and 'quarantine'");
        }
        return step.has("quarantine")
                ? Optional.of(new Step.Quarantine(step.duration("quarantine", Duration.ZERO), step.find("then")))
                : Optional.empty();
    }

    void check(Values step, Descriptor descriptor) {
        chain(step, descriptor);
        rest(step, descriptor);
        tripwire(step, descriptor);
    }

    /** A quarantine holds what is disabled, or archived, and not yet removed. */
    private void chain(Values step, Descriptor descriptor) {
        boolean removes = descriptor
                .action(step.text("action"))
                .filter(action -> !action.leaves())
                .isPresent();
        if (removes && step.has("then") && !step.text("then").equals(step.text("action"))) {
            findings.add(
                    step.place("then"),
                    "'then' cannot follow '" + step.text("action") + "', which removes at once",
                    "an action that only disables, then one that removes",
                    "swap 'action' and 'then', or remove 'then' and 'quarantine'");
        }
    }

    /** What must have been disabled for a while is removed out of a quarantine alone. */
    private void rest(Values step, Descriptor descriptor) {
        rest(step, "action", Duration.ZERO, descriptor);
        if (step.has("quarantine")) {
            rest(step, "then", step.duration("quarantine", Duration.ZERO), descriptor);
        }
    }

    private void rest(Values step, String key, Duration disabled, Descriptor descriptor) {
        step.find(key)
                .flatMap(descriptor::action)
                .filter(action -> disabled.compareTo(action.rest()) < 0)
                .ifPresent(action -> findings.add(
                        step.place(key),
                        "'" + action.name() + "' of kind " + descriptor.kind() + " on " + descriptor.system()
                                + " needs that it was disabled for at least "
                                + Durations.print(action.rest()) + " before",
                        "action: disable, quarantine: " + Durations.print(action.rest()) + " or more, then: "
                                + action.name(),
                        "disable it first, and give it a longer quarantine"));
    }

    /** A quarantine that nothing follows is there for the tripwire alone. What is gone at once cannot be held. */
    private void tripwire(Values step, Descriptor descriptor) {
        if (!step.has("quarantine") || step.has("then")) {
            return;
        }
        boolean gone = descriptor
                .action(step.text("action"))
                .filter(action -> !action.leaves())
                .isPresent();
        if (gone) {
            findings.add(
                    step.keyPlace("quarantine"),
                    "'quarantine' cannot hold what '" + step.text("action") + "' removes at once",
                    "an action that only disables or archives, held, then one that removes",
                    "put '" + step.text("action") + "' under 'then', or remove 'quarantine'");
        } else if (!descriptor.tellsUse()) {
            findings.add(
                    step.keyPlace("quarantine"),
                    "'quarantine' without 'then' has no effect on kind " + descriptor.kind() + ": "
                            + descriptor.system() + " does not tell whether it is used",
                    "'quarantine' with 'then'",
                    "add 'then', or remove 'quarantine'");
        }
    }
}
