package dev.sweepback.cli;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Journal;
import dev.sweepback.run.Pause;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * All that the program takes from outside. The demo passes the clock of its story, tests pass clients and journals that die
 * when told to.
 *
 * @param environment environment variables
 * @param nanos a clock that nobody sets: {@code clock} is held against it
 * @param interactive whether a person can be asked
 * @param http decorates every HTTP client
 * @param journal decorates the journal
 * @param actor who types
 */
public record Outside(
        Map<String, String> environment,
        Clock clock,
        LongSupplier nanos,
        Pause pause,
        PrintStream out,
        PrintStream err,
        boolean interactive,
        UnaryOperator<Http> http,
        UnaryOperator<Journal> journal,
        Actor actor) {

    /** Set by the launcher when standard input and output are a terminal: Java itself cannot tell in every version. */
    static final String TERMINAL = "sweepback.terminal";

    /** Typed by who runs this process, with a clock that never jumps, whatever time it tells. */
    public Outside(
            Map<String, String> environment,
            Clock clock,
            Pause pause,
            PrintStream out,
            PrintStream err,
            boolean interactive,
            UnaryOperator<Http> http,
            UnaryOperator<Journal> journal) {
        this(environment, clock, pause, out, err, interactive, http, journal, LocalActor.current());
    }

    /** As the other, typed by somebody. */
    public Outside(
            Map<String, String> environment,
            Clock clock,
            Pause pause,
            PrintStream out,
            PrintStream err,
            boolean interactive,
            UnaryOperator<Http> http,
            UnaryOperator<Journal> journal,
            Actor actor) {
        this(environment, clock, () -> nanos(clock.instant()), pause, out, err, interactive, http, journal, actor);
    }

    private static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    public static Outside real() {
        Clock clock = Clock.systemUTC();
        return new Outside(
                System.getenv(),
                clock,
                System::nanoTime,
                Pause.real(clock),
                System.out,
                System.err,
                Boolean.getBoolean(TERMINAL),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                LocalActor.current());
    }
}
