package dev.sweepback.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that runs or takes back, says when it has come to its point, and waits there to be killed. */
final class KilledRun {

    static final String HERE = "here";
    static final String OVER = "over";

    private KilledRun() {}

    /** Folder, upgrade, how far the clock is behind, purpose, event, moment, and the credentials as NAME=VALUE. */
    public static void main(String[] arguments) {
        KillHome home = new KillHome(
                Path.of(arguments[0]),
                arguments[1],
                Map.of(
                        "UNLEASH_TOKEN", arguments[6],
                        "GITHUB_TOKEN", arguments[7],
                        "VAULT_TOKEN", arguments[8]),
                new StoryClock(Duration.parse(arguments[2])));
        Doom.Point point = new Doom.Point(Integer.parseInt(arguments[4]), Doom.Moment.valueOf(arguments[5]));
        home.act(arguments[3], new Doom(point, KilledRun::waitForTheEnd));
        System.out.println(OVER);
    }

    private static void waitForTheEnd() {
        System.out.println(HERE);
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // only a kill ends it
            }
        }
    }
}
