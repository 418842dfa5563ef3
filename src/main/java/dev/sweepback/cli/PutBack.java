package dev.sweepback.cli;

import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Looked;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Tripwires;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What is used although a quarantine holds it: put back unasked, before anything that is due is removed.
 *
 * @param undos those that were made
 * @param blind whether something is watched of which it is not known whether it is used
 */
record PutBack(List<Run> undos, boolean blind) {

    /** Looks at all that tripwires watch. */
    static PutBack used(Acting acting, Wiring wiring, Optional<String> job, Note note, Console console) {
        Looked looked = acting.cleanup().look(job);
        say(looked, "put back by itself", console);
        if (acting.stopped()) {
            return new PutBack(List.of(), false);
        }
        List<Run> undos = acting.cleanup().putBack(looked, note);
        record(looked, wiring, console);
        return new PutBack(undos, !looked.notKnown().isEmpty());
    }

    /** A tripwire that sees nothing must not look like success to who calls this from a timetable. */
    ExitCode exit() {
        return blind ? ExitCode.PARTLY : ExitCode.DONE;
    }

    static void sayWhatWouldBe(Wiring wiring, Readers readers, Optional<String> job, Console console) {
        Tripwires tripwires =
                new Tripwires(wiring.journal(), readers, wiring.outside().clock(), new StopSignal());
        say(tripwires.look(job), "would be put back by itself", console);
    }

    private static void say(Looked looked, String what, Console console) {
        looked.trips().forEach(trip -> console.say(trip.text() + ": " + what));
        looked.notKnown().forEach(item -> console.say(item.ref() + ": " + item.reason()));
    }

    private static void record(Looked looked, Wiring wiring, Console console) {
        try {
            if (looked.watched() > 0) {
                LastLook.write(wiring.storeFolder(), looked);
            }
        } catch (UncheckedIOException e) {
            console.say("warning: " + e.getMessage() + "; status shows an older look");
        }
    }
}
