package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.run.RunJson;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
        Query started = started();
        try (Wiring wiring = common.openToRead(files, outside, console)) {
            Known known = new Known(files, wiring);
            job.ifPresent(known::job);
            upgrade.ifPresent(id -> known.upgrade(Filters.upgrade(id)));
            if (console.isTable()) {
                table(wiring.journal(), started, console);
            } else {
                Listing listing = new Listing(console);
                Run.each(wiring.journal(), started, run -> listing.add(RunJson.toJson(run)));
                listing.end();
            }
        }
        return ExitCode.DONE.number();
    }

    private Query started() {
        Query query =
                Query.of(EntryType.RUN_STARTED).latest(limit.map(Filters::limit).orElse(0));
        query = job.isPresent() ? query.job(job.get()) : query;
        return upgrade.isPresent() ? query.upgrade(Filters.upgrade(upgrade.get())) : query;
    }

    private static void table(JournalReader journal, Query started, Console console) {
        Table table = Table.of("RUN", "PURPOSE", "JOB", "UPGRADE", "STATE", "STARTED", "DONE", "NOT DONE", "BY");
        Run.each(
                journal,
                started,
                run -> table.row(
                        run.id(),
                        run.purpose(),
                        run.job(),
                        run.upgrade().map(Object::toString).orElse("-"),
                        run.state().word(),
                        run.started().time(),
                        run.count(Outcome.DONE, Outcome.ALREADY),
                        run.operations().size() - run.count(Outcome.DONE, Outcome.ALREADY),
                        run.started().actor().name()
                                + RunJson.cause(run)
                                        .map(cause -> ", by itself: " + cause)
                                        .orElse("")));
        console.lines(table.lines());
    }
}
