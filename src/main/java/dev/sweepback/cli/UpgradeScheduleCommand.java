package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.job.Nearest;
import dev.sweepback.job.Settings;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.Reboot;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeRefused;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "schedule", description = "Say that an upgrade will happen.")
final class UpgradeScheduleCommand implements Callable<Integer> {

    private static final int LONGEST_ID = 90;

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Parameters(paramLabel = "PACKAGE", description = "What is upgraded.")
    String packageName = "";

    @Option(names = "--from", required = true, paramLabel = "VERSION", description = "The version before.")
    String from = "";

    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "The version after.")
    String to = "";

    @Option(names = "--environment", required = true, paramLabel = "NAME", description = "Where.")
    String environment = "";

    @Option(
            names = "--window",
            required = true,
            paramLabel = "START/END",
            description = "The maintenance window: two times with offset, 2026-11-30T22:00:00Z/2026-12-01T00:00:00Z.")
    String window = "";

    @Option(
            names = "--buffer",
            paramLabel = "DURATION",
            description = "Time kept after the window for the unexpected. Default: 30m")
    Duration buffer = Duration.ofMinutes(30);

    @Option(
            names = "--reboot",
            paramLabel = "none|recommended|required",
            description =
                    "Whether a reboot belongs to it; nothing is removed before a required one is confirmed. Default: none")
    Reboot reboot = Reboot.NONE;

    @Option(names = "--id", paramLabel = "ID", description = "Default: made of package, version and environment.")
    Optional<String> id = Optional.empty();

    UpgradeScheduleCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        checkTexts();
        Window agreed = window();
        Optional<UpgradeId> chosen = id.map(UpgradeScheduleCommand::checked);
        Loaded files = common.files(outside, console);
        try (Wiring wiring = common.open(files, outside)) {
            UpgradeId newId = chosen.orElseGet(() -> free(wiring.journal()));
            Upgrade upgrade = new Upgrades(wiring.journal(), outside.clock())
                    .schedule(newId, packageName, from, to, environment, agreed, reboot, why.note());
            UpgradeText.print(upgrade, console);
        }
        WindowAdvice.onScheduling(agreed, console);
        warnOfStranger(files, console);
        return ExitCode.DONE.number();
    }

    /** Recorded all the same: another settings file may know the environment. */
    private void warnOfStranger(Loaded files, Console console) {
        Settings settings = files.settings().orElseThrow();
        Set<String> known = new TreeSet<>(Set.of(settings.environment()));
        settings.connections().values().forEach(connection -> known.add(connection.environment()));
        files.jobs().values().forEach(job -> known.add(job.after().environment()));
        if (!known.contains(environment)) {
            console.say("warning: the settings know no environment '" + environment + "', only "
                    + String.join(", ", known) + ": no job here will follow this upgrade; "
                    + Nearest.hint(environment, known, "is it right?"));
        }
    }

    private void checkTexts() {
        try {
            List.of(packageName, from, to, environment).forEach(Upgrades::refuseBlank);
        } catch (UpgradeRefused e) {
            throw Failures.usage("usage", String.valueOf(e.getMessage()), "upgrade schedule", e.remedy());
        }
    }

    private Window window() {
        int slash = window.indexOf('/');
        try {
            Window agreed = new Window(
                    Times.instant(window.substring(0, Math.max(0, slash))),
                    Times.instant(window.substring(slash + 1)),
                    buffer);
            agreed.refuseUnlikely();
            return agreed;
        } catch (IllegalArgumentException | UpgradeRefused e) {
            throw Failures.usage(
                    "usage",
                    String.valueOf(e.getMessage()),
                    "--window " + window,
                    "write --window START/END, for example 2026-11-30T22:00:00Z/2026-12-01T00:00:00Z");
        }
    }

    private static UpgradeId checked(String text) {
        try {
            return new UpgradeId(text);
        } catch (IllegalArgumentException e) {
            throw Failures.usage("usage", String.valueOf(e.getMessage()), "--id " + text, "choose another id");
        }
    }

    private UpgradeId free(Journal journal) {
        String slug = (packageName + "-" + to + "-" + environment)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._]+", "-")
                .replaceAll("^[-._]+|[-._]+$", "");
        String base = slug.isEmpty() ? "upgrade" : slug.substring(0, Math.min(LONGEST_ID, slug.length()));
        UpgradeId free = new UpgradeId(base);
        for (int number = 2; Upgrades.find(journal, free).isPresent(); number++) {
            free = new UpgradeId(base + "-" + number);
        }
        return free;
    }
}
