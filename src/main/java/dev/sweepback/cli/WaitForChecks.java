package dev.sweepback.cli;

import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Patience;
import dev.sweepback.job.Check;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Terms;
import java.time.Instant;
import java.util.stream.Collectors;

/** Waits for checks that must be good several times in a row, and says so. */
final class WaitForChecks implements Patience {

    private final Job job;
    private final Outside outside;
    private final Console console;

    private WaitForChecks(Job job, Outside outside, Console console) {
        this.job = job;
        this.outside = outside;
        this.console = console;
    }

    /** The gate, once its checks were waited for. */
    static GateState look(Wiring wiring, Terms terms, Purpose purpose, Console console) {
        return wiring.gate()
                .ask(wiring.question(terms, purpose), new WaitForChecks(terms.job(), wiring.outside(), console));
    }

    /** The same, by who is about to act: that needs only one more good answer of each check then. */
    static GateState act(Wiring wiring, Terms terms, Purpose purpose, Note note, Console console) {
        return wiring.gate()
                .act(
                        wiring.question(terms, purpose),
                        new WaitForChecks(terms.job(), wiring.outside(), console),
                        wiring.journal(),
                        note.actor());
    }

    static boolean mayTakeTime(Job job) {
        return job.checks().stream().anyMatch(check -> check.consecutive() > 1);
    }

    @Override
    public boolean until(Instant instant) {
        console.say("waiting until " + Times.wholeSecond(instant) + " to ask again: "
                + job.checks().stream()
                        .filter(check -> check.consecutive() > 1)
                        .map(WaitForChecks::text)
                        .collect(Collectors.joining(", ")));
        outside.pause().until(instant);
        return !Thread.currentThread().isInterrupted();
    }

    private static String text(Check check) {
        return "check '" + check.name() + "' must be good " + check.consecutive() + " times in a row";
    }
}
