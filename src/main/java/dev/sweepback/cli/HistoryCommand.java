package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.run.RunJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "history", description = "All runs, newest first.")
final class HistoryCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Option(names = "--job", paramLabel = "JOB", description = "Only of this job.")
    Optional<String> job = Optional.empty();

    @Option(names = "--upgrade", paramLabel = "ID", description = "Only for this upgrade.")
    Optional<String> upgrade = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    Optional<Integer> limit = Optional.empty();

    HistoryCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        try (Wiring wiring = common.open(files, outside)) {
            Known known = new Known(files, wiring);
            job.ifPresent(known::job);
            upgrade.ifPresent(id -> known.upgrade(AuditListCommand.upgradeId(id)));
            List<Run> runs = new ArrayList<>(Run.all(wiring.journal()).stream()
                    .filter(run -> job.map(run.job()::equals).orElse(true))
                    .filter(run -> upgrade.map(
                                    id -> run.upgrade().map(Object::toString).equals(Optional.of(id)))
                            .orElse(true))
                    .toList());
            Collections.reverse(runs);
            print(runs.subList(0, Math.min(limit.orElse(runs.size()), runs.size())), console);
        }
        return ExitCode.DONE.number();
    }

    private static void print(List<Run> runs, Console console) {
        if (!console.isTable()) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            runs.forEach(run -> array.add(RunJson.toJson(run)));
            console.data(array);
            return;
        }
        Table table = Table.of("RUN", "PURPOSE", "JOB", "UPGRADE", "STATE", "STARTED", "DONE", "NOT DONE", "BY");
        runs.forEach(run -> table.row(
                run.id(),
                run.purpose(),
                run.job(),
                run.upgrade().map(Object::toString).orElse("-"),
                run.state().word(),
                run.started().time(),
                run.count(Outcome.DONE, Outcome.ALREADY),
                run.operations().size() - run.count(Outcome.DONE, Outcome.ALREADY),
                run.started().actor().name()));
        console.lines(table.lines());
    }
}
