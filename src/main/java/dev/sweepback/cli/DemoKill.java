package dev.sweepback.cli;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.Recovery;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.Held;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Beat 5: the run, killed for real, and what comes after. */
final class DemoKill {

    private static final int KILLED_AFTER = 9;

    private final DemoStage stage;
    private final DemoText text;

    DemoKill(DemoStage stage, DemoText text) {
        this.stage = stage;
        this.text = text;
    }

    void killed() throws IOException, InterruptedException {
        text.beat("5. The run, in a process of its own");
        Held held = stage.world.sandbox.github().faults().hold(Faults.request("PATCH", "/repos/.*"));
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
                    "     process %d killed (exit %d, SIGKILL): %d operations done, %d announced and open",
                    process.pid(), process.exitValue(), done, run.open().size());
        }
    }

    private Process fork() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                DemoRun.class.getName(),
                stage.world.config().toString(),
                stage.world.home().toString(),
                stage.world.clock.behind().toString(),
                DemoStage.UPGRADE.value());
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
            text.say(
                    "     restarted: operation %s on a %s looked at after its deadline: %s; open before %d, now %d",
                    DemoText.cut(open.id().value()),
                    open.ref().kind(),
                    outcome(wiring, run, open),
                    settled.found(),
                    settled.left());
            ObjectNode totals = (ObjectNode) RunJson.toJson(run).get("totals");
            text.say(
                    "     run %s %s: done %d, failed %d, unsettled %d; changes that the systems counted: %d, none twice: %s",
                    DemoText.cut(run.id().value()),
                    run.state().word(),
                    totals.path("done").asInt(),
                    totals.path("failed").asInt(),
                    totals.path("unsettled").asInt(),
                    changes(),
                    changes() == run.operations().size() ? "yes" : "NO");
            return run;
        }
    }

    void held() {
        try (Wiring wiring = stage.open()) {
            held(wiring);
        }
    }

    private void held(Wiring wiring) {
        List<Quarantine.Held> held = Quarantine.held(wiring.journal());
        Instant due = held.stream()
                .map(Quarantine.Held::dueAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        text.beat(
                "6. Quarantine holds %d: disabled, to be removed from %s on if nobody has changed them by then",
                held.size(), DemoText.minute(due));
    }

    private static String outcome(Wiring wiring, Run run, OperationRecord open) {
        return Run.find(wiring.journal(), run.id())
                .flatMap(now -> now.operation(open.id()))
                .flatMap(OperationRecord::outcome)
                .map(outcome -> outcome.succeeded() ? "it had happened" : "it had not happened")
                .orElse("not known");
    }

    /** How many changes the systems themselves counted: more than there are operations would mean that one came twice. */
    private long changes() {
        long archived = stage.world.scenario.leftovers().stream()
                .filter(name -> name.startsWith("flag:"))
                .mapToLong(name ->
                        stage.world.sandbox.unleash().events("feature-archived", name.substring("flag:".length())))
                .sum();
        return archived
                + stage.world.sandbox.github().traffic().count("PATCH", "/repos/.*")
                + stage.world.sandbox.vault().traffic().count("PUT", "/v1/sys/leases/revoke")
                + stage.world.sandbox.vault().traffic().count("POST", "/v1/auth/token/revoke-accessor");
    }
}
