package dev.sweepback.cli;

import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Purpose;
import dev.sweepback.schedule.ByHand;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The daemon within this process, its time turned by hand. */
abstract class ServeScene {

    static final String NAME = "dten-cleanup";
    static final String FILE = "jobs/dten-cleanup.yaml";
    static final String NIGHTLY = "schedule: {cron: \"0 0 3 * * ?\", timezone: UTC, misfire: %s}";

    @TempDir
    Path folder = Path.of("");

    SandboxHome home;
    ByHand time = new ByHand();

    @BeforeEach
    void seed() {
        home = new SandboxHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    Serving serve() {
        return serve(home.outside());
    }

    Serving serve(Outside outside) {
        time = new ByHand();
        Serving serving = Serving.open(home.config(), home.home(), outside, time);
        serving.daemon().start();
        return serving;
    }

    static String job(String start, String schedule) {
        return SandboxHome.JOB.replace(
                "  policy: production\n", "  policy: production\n  " + start + "\n  " + schedule + "\n");
    }

    void enable(Journal journal) {
        Job job = Objects.requireNonNull(home.load().jobs().get(NAME));
        Enablement.enable(journal, job, SandboxHome.UPGRADE, SandboxHome.SOMEBODY);
    }

    static List<RunState> runs(Serving serving) {
        return Runs.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.CLEANUP.word()))
                .map(Run::state)
                .toList();
    }

    static List<RunState> dueRuns(Serving serving) {
        return Runs.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.DUE.word()))
                .map(Run::state)
                .toList();
    }
}
