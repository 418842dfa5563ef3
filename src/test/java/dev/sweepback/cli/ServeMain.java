package dev.sweepback.cli;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.run.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A daemon in a process of its own, on the time of a story: config, home, how far behind, and NAME=VALUE for the environment. */
final class ServeMain {

    private ServeMain() {}

    public static void main(String[] arguments) {
        StoryClock clock = new StoryClock(Duration.parse(arguments[2]));
        Map<String, String> environment = new HashMap<>();
        for (int index = 3; index < arguments.length; index++) {
            String[] pair = arguments[index].split("=", 2);
            environment.put(pair[0], pair[1]);
        }
        Outside outside = new Outside(
                environment,
                clock,
                Pause.real(clock),
                System.out,
                System.out,
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        try {
            System.exit(new ServeCommand(outside).serve(Path.of(arguments[0]), Path.of(arguments[1])));
        } catch (ActingLock.Held held) {
            System.out.println(held.getMessage());
            System.exit(ExitCode.FAILURE.number());
        }
    }
}
