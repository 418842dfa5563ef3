package dev.sweepback.cli;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.journal.Journal;
import dev.sweepback.run.Pause;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
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
        UnaryOperator<Journal> journal) {

    /** Set by the launcher when standard input and output are a terminal: Java itself cannot tell in every version. */
    static final String TERMINAL = "sweepback.terminal";

    /** With a clock that never jumps, whatever time it tells. */
    public Outside(
            Map<String, String> environment,
            Clock clock,
            Pause pause,
            PrintStream out,
            PrintStream err,
            boolean interactive,
            UnaryOperator<Http> http,
            UnaryOperator<Journal> journal) {
        this(
                environment,
                clock,
                () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos(),
                pause,
                out,
                err,
                interactive,
                http,
                journal);
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
                UnaryOperator.identity());
    }
}
