package dev.sweepback.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.sweepback.gate.Enablement;
import dev.sweepback.gate.Matching;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "enable", description = "Allow a job, as its file is now, to run for an upgrade. Also ends a pause.")
final class EnableCommand implements Callable<Integer> {

    private static final int CONTEXT = 3;

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Mixin
    Consent consent = new Consent("see before what the job would do with `sweepback plan`");

    @Parameters(paramLabel = "JOB", description = "Which job.")
    String name = "";

    @Option(names = "--upgrade", paramLabel = "ID", description = "Default: the newest that the job follows.")
    Optional<String> upgrade = Optional.empty();

    EnableCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        Job job = Jobs.named(files, name, console);
        try (Wiring wiring = common.open(files, outside)) {
            Terms terms = Jobs.terms(files, job, upgrade, wiring.journal());
            if (upgrade.isEmpty()) {
                sayWhich(terms, wiring.journal(), console);
            }
            boolean changed = difference(job, Enablement.lastText(wiring.journal(), job.name()), console);
            consent.ask(
                    "Enable job " + job.name() + (changed ? ", changed as shown," : "") + " for upgrade "
                            + terms.upgrade().id() + ", which is "
                            + terms.upgrade().state().word() + "?",
                    "enable " + job.name(),
                    outside,
                    console);
            Entry entry =
                    Enablement.enable(wiring.journal(), job, terms.upgrade().id(), why.note());
            print(entry, job, terms, changed, console);
        }
        return ExitCode.DONE.number();
    }

    /** What was not named is said; an upgrade to come is rarely the one that is meant. */
    private static void sayWhich(Terms terms, JournalReader journal, Console console) {
        Upgrade chosen = terms.upgrade();
        String job = terms.job().name();
        console.say("For upgrade " + chosen.id() + ", the newest that job " + job + " follows; it is "
                + chosen.state().word() + ".");
        if (chosen.state() == UpgradeState.SUCCEEDED) {
            return;
        }
        String meant = Matching.upgrades(terms.job(), journal).stream()
                .filter(upgrade -> upgrade.state() == UpgradeState.SUCCEEDED)
                .reduce((earlier, later) -> later)
                .map(upgrade -> "the newest that has succeeded is " + upgrade.id() + ": sweepback enable " + job
                        + " --upgrade " + upgrade.id())
                .orElse("none that it follows has succeeded yet");
        console.say("warning: nothing runs for it until it has succeeded; " + meant);
    }

    private static boolean difference(Job job, Optional<String> last, Console console) {
        if (last.isEmpty() || last.get().equals(job.source().text())) {
            return false;
        }
        List<String> before = last.get().lines().toList();
        List<String> now = job.source().text().lines().toList();
        console.say("The job file has changed since it was last enabled:");
        String path = job.source().path().toString();
        UnifiedDiffUtils.generateUnifiedDiff(
                        path + " (as last enabled)", path, before, DiffUtils.diff(before, now), CONTEXT)
                .forEach(console::say);
        return true;
    }

    private void print(Entry entry, Job job, Terms terms, boolean changed, Console console) {
        if (console.isTable()) {
            console.line("job " + job.name() + " is enabled for upgrade "
                    + terms.upgrade().id());
            console.line("See what it would do: "
                    + common.command("plan " + job.name() + " --upgrade "
                            + terms.upgrade().id()));
            return;
        }
        console.data(JsonMapper.shared()
                .createObjectNode()
                .put("job", job.name())
                .put("upgrade", terms.upgrade().id().value())
                .put("seq", entry.seq())
                .put("enabledAt", entry.time().toString())
                .put("actor", entry.actor().name())
                .put("jobDigest", job.source().sha256())
                .put("changed", changed));
    }
}
