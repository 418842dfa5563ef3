package dev.sweepback.cli;

import dev.sweepback.gate.Matching;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Nearest;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which job, and for which upgrade. */
final class Jobs {

    private Jobs() {}

    /** The job of that name; problems of other files are only said. */
    static Job named(Loaded files, String name, Console console) {
        Optional<Job> job = Optional.ofNullable(files.jobs().get(name));
        files.problems().forEach(problem -> console.say((job.isPresent() ? "warning: " : "") + problem));
        files.warnings().forEach(warning -> console.say("warning: " + warning));
        return job.orElseThrow(() -> unknown(files, name));
    }

    static Failure unknown(Loaded files, String name) {
        if (files.brokenJobs().contains(name)) {
            return Failures.usage(
                    "broken-job",
                    "job '" + name + "' cannot be used: its file has problems",
                    "job " + name,
                    "correct it: see `sweepback validate`");
        }
        return unknown(files, name, files.jobs().keySet());
    }

    /** @param known the names that would have done */
    static Failure unknown(Loaded files, String name, Collection<String> known) {
        String names = known.isEmpty()
                ? "there are no jobs yet: write one in the folder jobs, or let `sweepback init` write an example"
                : "the jobs are: " + String.join(", ", known);
        List<String> broken = files.problems().stream()
                .map(problem -> problem.path().toString())
                .distinct()
                .toList();
        if (!broken.isEmpty()) {
            names = (known.isEmpty() ? "" : names + "; ") + "it may be in a file that has problems: "
                    + String.join(", ", broken) + " (see `sweepback validate`)";
        }
        return Failures.usage(
                "unknown-job",
                "there is no job '" + name + "'" + (broken.isEmpty() ? "" : " in a file without problems"),
                "job " + name,
                Nearest.to(name, known)
                                .map(near -> "did you mean '" + near + "'? ")
                                .orElse("")
                        + names);
    }

    /** The job with its policy and the named upgrade, or else the newest that it follows. */
    static Terms terms(Loaded files, Job job, Optional<String> upgrade, JournalReader journal) {
        Upgrade chosen = upgrade.isPresent() ? named(job, upgrade.get(), journal) : newest(job, journal);
        return new Terms(job, files.policyOf(job), chosen);
    }

    private static Upgrade named(Job job, String id, JournalReader journal) {
        Upgrade upgrade = upgrade(journal, id);
        boolean follows = upgrade.packageName().equals(job.after().packageName())
                && upgrade.environment().equals(job.after().environment());
        if (!follows) {
            throw Failures.usage(
                    "upgrade-of-another-job",
                    "job '" + job.name() + "' follows upgrades of " + followed(job) + ", and upgrade '" + id
                            + "' is of " + upgrade.packageName() + " in " + upgrade.environment(),
                    "upgrade " + id,
                    "leave --upgrade out for the newest that it follows, or name another");
        }
        return upgrade;
    }

    private static Upgrade newest(Job job, JournalReader journal) {
        List<Upgrade> followed = Matching.upgrades(job, journal);
        if (followed.isEmpty()) {
            throw new Failure(
                    ExitCode.GATE_CLOSED,
                    "no-upgrade",
                    "there is no upgrade of " + followed(job) + " yet",
                    "job " + job.name(),
                    "schedule it: sweepback upgrade schedule " + job.after().packageName()
                            + " --from V --to V --environment " + job.after().environment() + " --window START/END");
        }
        return followed.get(followed.size() - 1);
    }

    private static String followed(Job job) {
        return job.after().packageName() + " in " + job.after().environment();
    }

    static Upgrade upgrade(JournalReader journal, String id) {
        List<String> known = Upgrades.all(journal).stream()
                .map(upgrade -> upgrade.id().value())
                .toList();
        if (!known.contains(id)) {
            throw Failures.usage(
                    "unknown-upgrade",
                    "there is no upgrade '" + id + "'",
                    "upgrade " + id,
                    Nearest.hint(
                            id,
                            known,
                            known.isEmpty()
                                    ? "schedule one: sweepback upgrade schedule"
                                    : "see them: sweepback upgrade list"));
        }
        return Upgrades.find(journal, new UpgradeId(id)).orElseThrow();
    }
}
