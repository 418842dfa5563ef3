package dev.sweepback.cli;

import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "pause",
        description = {
            "Emergency stop: one job, or all of them, each until it is enabled again.",
            "Undo is not held up by it."
        })
final class PauseCommand implements Callable<Integer> {

    private static final int MOST_NAMED = 10;

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Parameters(arity = "0..1", paramLabel = "JOB", description = "Which job. Default: all.")
    Optional<String> name = Optional.empty();

    PauseCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        files.problems().forEach(problem -> console.say("warning: " + problem));
        try {
            pause(files, console);
        } catch (JournalException | UncheckedIOException e) {
            throw StopInstead.of(
                    e, Wiring.database(common.home(outside), files.settings().orElseThrow()));
        }
        return ExitCode.DONE.number();
    }

    private void pause(Loaded files, Console console) {
        try (Wiring wiring = common.open(files, outside)) {
            Optional<String> job = name.map(wanted -> known(wanted, files, wiring.journal(), console));
            Entry entry = Enablement.pause(wiring.journal(), job, why.note());
            if (console.isTable()) {
                console.lines(job.map(one ->
                                List.of("job " + one + " is paused; it ends with: " + common.command("enable " + one)))
                        .orElseGet(() -> everything(files)));
            } else {
                var node = JsonMapper.shared().createObjectNode();
                job.ifPresentOrElse(one -> node.put("job", one), () -> node.putNull("job"));
                console.data(node.put("seq", entry.seq())
                        .put("pausedAt", entry.time().toString())
                        .put("actor", entry.actor().name()));
            }
        }
    }

    /** No one command ends it: each job is looked at again by who lets it run again. */
    private List<String> everything(Loaded files) {
        List<String> lines = new ArrayList<>();
        lines.add("everything is paused; for each job it ends when that job is enabled again:");
        files.jobs().keySet().stream()
                .sorted()
                .limit(MOST_NAMED)
                .forEach(job -> lines.add("  " + common.command("enable " + job)));
        int more = files.jobs().size() - MOST_NAMED;
        if (more > 0 || files.jobs().isEmpty()) {
            lines.add("  " + common.command("enable JOB") + (more > 0 ? " (and so for " + more + " more)" : ""));
        }
        return lines;
    }

    /** A daemon goes on with the last good version of a file, so a job can be stopped whatever its file is like now. */
    private static String known(String name, Loaded files, JournalReader journal, Console console) {
        Set<String> known = new TreeSet<>(files.jobs().keySet());
        known.addAll(files.brokenJobs());
        journal.read(
                Query.of(EntryType.JOB_ENABLED, EntryType.RUN_STARTED),
                entry -> entry.job().ifPresent(known::add));
        if (!known.contains(name)) {
            throw Jobs.unknown(files, name, known);
        }
        if (!files.jobs().containsKey(name)) {
            console.say("warning: job " + name + " is in no file without problems; it is paused all the same");
        }
        return name;
    }
}
