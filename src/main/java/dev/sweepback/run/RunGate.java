package dev.sweepback.run;

import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Purpose;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.time.Clock;
import java.time.Instant;

/** The gate as a run asks it: checks are waited for, and what must be on record is recorded. */
final class RunGate {

    private final Journal journal;
    private final Gate gate;
    private final Clock clock;
    private final Pause pause;
    private final StopSignal stop;

    RunGate(Journal journal, Gate gate, Clock clock, Pause pause, StopSignal stop) {
        this.journal = journal;
        this.gate = gate;
        this.clock = clock;
        this.pause = pause;
        this.stop = stop;
    }

    /** @param next how many operations are to be begun next; 0 where that is not known */
    GateState ask(Terms terms, Purpose purpose, int next, Note note) {
        return gate.act(question(terms, purpose, next), this::waitUntil, journal, note.actor());
    }

    /** The same, for the next wave. */
    Asked ask(Asked before, Purpose purpose, int next, Note note) {
        return new Asked(before.terms(), ask(before.terms(), purpose, next, note));
    }

    /** The checks have just been asked; the record may have news all the same. */
    GateState again(Asked asked, Purpose purpose, int next) {
        return gate.refreshed(question(asked.terms(), purpose, next), asked.state());
    }

    private Question question(Terms terms, Purpose purpose, int next) {
        // Somebody may have rolled it back since the run began.
        Upgrade upgrade = Upgrades.find(journal, terms.upgrade().id()).orElse(terms.upgrade());
        return new Question(terms.job(), terms.policy(), upgrade, purpose, journal, clock.instant(), next);
    }

    private boolean waitUntil(Instant instant) {
        pause.until(instant, clock, stop);
        return !stop.isRaised();
    }
}
