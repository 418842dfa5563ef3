package dev.sweepback.cli;

import dev.sweepback.gate.GateJson;
import dev.sweepback.gate.GateState;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Terms;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "gate",
        description = {
            "Whether a job may act now, and if not, why. Exit code 4 if not.",
            "Waits for checks that must be good several times in a row, if nothing else keeps the gate shut; Ctrl-C ends that."
        })
final class GateCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "JOB", description = "Which job.")
    String name = "";

    @Option(names = "--upgrade", paramLabel = "ID", description = "Default: the newest that the job follows.")
    Optional<String> upgrade = Optional.empty();

    GateCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        Job job = Jobs.named(files, name, console);
        try (Wiring wiring = common.openToRead(files, outside, console)) {
            Terms terms = Jobs.terms(files, job, upgrade, wiring.journal());
            GateState state = WaitForChecks.look(wiring, terms, Purpose.CLEANUP, console);
            String id = terms.upgrade().id().value();
            if (console.isTable()) {
                table(job.name(), id, state, console);
            } else {
                console.data(GateJson.toJson(job.name(), id, state));
            }
            return (state.isOpen() ? ExitCode.DONE : ExitCode.GATE_CLOSED).number();
        }
    }

    private static void table(String job, String upgrade, GateState state, Console console) {
        console.line("The gate of job " + job + " for upgrade " + upgrade + " is " + state.word()
                + state.retryAt().map(at -> ", try again at " + at).orElse(""));
        Table table = new Table("  ", "CONDITION", "STATE", "REASON", "TRY AGAIN AT");
        state.answers()
                .forEach(answer -> table.row(
                        answer.condition(),
                        answer.verdict().word(),
                        answer.verdict().reason(),
                        answer.verdict().retryAt().map(Object::toString).orElse("-")));
        console.lines(table.lines());
    }
}
