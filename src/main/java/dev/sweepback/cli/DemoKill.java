package dev.sweepback.cli;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.Recovery;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Beat 5: the run, killed for real, and what comes after. */
final class DemoKill {

    /** Newer Javas warn of what libraries still use, in the middle of the story. */
    private static final int QUIET_FROM = 24;

    private static final List<String> QUIET =
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    private static final int KILLED_AFTER = 9;

    /** How a process ends that was sent signal 9. */
    private static final int SIGKILLED = 128 + 9;

    private final DemoStage stage;
    private final DemoText text;

    DemoKill(DemoStage stage, DemoText text) {
        this.stage = stage;
        this.text = text;
    }

    void killed() throws IOException, InterruptedException {
        text.beat("5. The run, in a process of its own");
        HeldAnswer held = stage.world.sandbox.github().faults().hold(Faults.request("PATCH", "/repos/.*"));
        Process process = fork();
        try {
            if (!held.awaitArrived(Duration.ofSeconds(60))) {
                throw new IOException("the run never came to its operation " + (KILLED_AFTER + 1));
            }
        } finally {
            process.destroyForcibly().waitFor();
            held.release();
        }
        try (Wiring wiring = stage.open()) {
            Run run = Run.interrupted(wiring.journal()).get(0);
            long done =
                    run.operations().stream().filter(OperationRecord::succeeded).count();
            text.say(
                    "     process %d killed (exit %d%s): %d operations done, %d announced and open",
                    process.pid(),
                    process.exitValue(),
                    process.exitValue() == SIGKILLED ? ", SIGKILL" : "",
                    done,
                    run.open().size());
            stage.promises.require(process.exitValue() == SIGKILLED, "the process was killed, not ended");
            stage.promises.require(
                    done == KILLED_AFTER && run.open().size() == 1,
                    "the process was killed after its operation " + KILLED_AFTER + ", with one intent open");
        }
    }

    private Process fork() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= QUIET_FROM) {
            command.addAll(QUIET);
        }
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                DemoRun.class.getName(),
                stage.world.config().toString(),
                stage.world.home().toString(),
                stage.world.clock.behind().toString(),
                DemoStage.UPGRADE.value()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(stage.world.tokens());
        return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** @return the run, finished */
    Run restarted() {
        try (Wiring wiring = stage.open();
                ActingLock lock = stage.lock();
                Engine engine = wiring.engine(new StopSignal())) {
            Objects.requireNonNull(lock);
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, stage.world.clock);
            OperationRecord open =
                    Run.interrupted(wiring.journal()).get(0).open().get(0);
            Recovery.Settled settled = cleanup.settle(stage.note);
            RunAnswer answer = cleanup.resume(stage.files, Optional.of(stage.job.name()), stage.note)
                    .get(0);
            Run run = ((RunAnswer.Ran) answer).run();
            say(settled, run.operation(open.id()).orElseThrow());
            say(run);
            return run;
        }
    }

    private void say(Recovery.Settled settled, OperationRecord record) {
        Instant deadline =
                Instant.parse(record.intent().orElseThrow().data("deadline").orElseThrow());
        Entry end = record.end().orElseThrow();
        boolean late = end.time().isAfter(deadline);
        boolean looked = end.data("settledBy").orElse("").equals("look");
        text.say(
                "     restarted: operation %s on a %s settled by %s, %d ms %s its deadline: %s; open before %d, now %d",
                DemoText.cut(record.id().value()),
                record.ref().kind(),
                end.data("settledBy").orElse("nothing"),
                Duration.between(deadline, end.time()).abs().toMillis(),
                late ? "after" : "before",
                record.outcome().filter(Outcome::succeeded).isPresent() ? "it had happened" : "it had not happened",
                settled.found(),
                settled.left());
        stage.promises.require(looked && late, "the open intent is settled by a look after its deadline");
        stage.promises.require(settled.found() == 1 && settled.left() == 0, "one intent was open, and is settled");
    }

    private void say(Run run) {
        DemoCounts counts = new DemoCounts(stage.world.sandbox);
        JsonNode totals = RunJson.toJson(run).path("totals");
        boolean once = counts.eachOnce(run);
        text.say(
                "     run %s %s: done %d, failed %d, unsettled %d; changes that the systems counted: %d, none twice: %s",
                DemoText.cut(run.id().value()),
                run.state().word(),
                totals.path("done").asInt(),
                totals.path("failed").asInt(),
                totals.path("unsettled").asInt(),
                counts.changes(run),
                once ? "yes" : "NO");
        List<String> done = run.operations().stream()
                .filter(OperationRecord::succeeded)
                .map(operation -> operation.ref().kind() + ":" + operation.ref().id())
                .sorted()
                .toList();
        stage.promises.require(
                run.state() == RunState.SUCCEEDED
                        && done.equals(stage.world.scenario.leftovers().stream()
                                .sorted()
                                .toList()),
                "the run removes what the upgrade left behind, all of it and nothing else");
        stage.promises.require(once, "nothing is done twice");
    }
}
