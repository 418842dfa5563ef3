package dev.sweepback.cli;

import dev.sweepback.journal.Journal;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeRefused;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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

    @Option(names = "--id", paramLabel = "ID", description = "Default: made of package, version and environment.")
    Optional<String> id = Optional.empty();

    UpgradeScheduleCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Window agreed = window();
        Optional<UpgradeId> chosen = id.map(UpgradeScheduleCommand::checked);
        try (Wiring wiring = common.open(common.files(outside, console), outside)) {
            Upgrade upgrade = new Upgrades(wiring.journal(), outside.clock())
                    .schedule(
                            chosen.orElseGet(() -> free(wiring.journal())),
                            packageName,
                            from,
                            to,
                            environment,
                            agreed,
                            why.note());
            UpgradeText.print(upgrade, console);
        }
        return ExitCode.DONE.number();
    }

    private Window window() {
        int slash = window.indexOf('/');
        try {
            return new Window(
                    Times.instant(window.substring(0, Math.max(0, slash))),
                    Times.instant(window.substring(slash + 1)),
                    buffer);
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
