package dev.sweepback.cli;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Scope;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import dev.sweepback.journal.JournalException;
import dev.sweepback.plan.Readers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(
        name = "doctor",
        description =
                "Check files, home, key, store, and that every connection can be read. Changes nothing in any system.")
final class DoctorCommand implements Callable<Integer> {

    /** One thing that was looked at; a remedy only for a problem. */
    private record Finding(boolean ok, String subject, String what, String remedy) {}

    /** What a job reads of a connection. */
    private record Reading(String connection, String kind, Scope scope) {}

    private final Outside outside;

    @Mixin
    Common common = new Common();

    DoctorCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        Settings settings = files.settings().orElseThrow();
        List<Finding> findings = new ArrayList<>();
        findings.add(files(files));
        findings.add(store(files));
        Wiring.reading(
                common.config(),
                common.home(outside),
                settings,
                outside,
                readers -> findings.addAll(connections(files, settings, readers)));
        print(findings, console);
        return (findings.stream().allMatch(Finding::ok) ? ExitCode.DONE : ExitCode.FAILURE).number();
    }

    private Finding files(Loaded files) {
        if (files.problems().isEmpty()) {
            return new Finding(
                    true,
                    "files",
                    files.jobs().size() + " jobs, " + files.policies().size() + " policies",
                    "");
        }
        return new Finding(
                false,
                "files",
                files.problems().size() + " problems, the first: "
                        + files.problems().get(0),
                common.command("validate"));
    }

    /** Opening it checks the key, its rights and the schema; where there is none yet, none is made. */
    private Finding store(Loaded files) {
        Path home = common.home(outside);
        if (!Files.exists(home.resolve("sweepback.db")) && !Files.exists(home.resolve("sweepback.key"))) {
            return new Finding(true, "store", "none yet in " + home + "; it is made when first needed", "");
        }
        try (Wiring wiring = common.open(files, outside)) {
            return new Finding(
                    true,
                    "store",
                    "opens in " + wiring.home()
                            + "; keep a copy of its key elsewhere: without it there is audit and no undo",
                    "");
        } catch (JournalException | ConnectorException e) {
            return new Finding(false, "store", String.valueOf(e.getMessage()), "nothing can be done before it opens");
        }
    }

    private static List<Finding> connections(Loaded files, Settings settings, Readers readers) {
        List<Finding> findings = new ArrayList<>();
        Set<Reading> readings = new LinkedHashSet<>();
        for (Job job : files.jobs().values()) {
            for (Step step : job.steps()) {
                readings.add(new Reading(step.connection(), step.kind(), step.scope()));
            }
        }
        readings.forEach(reading -> findings.add(read(reading, readers)));
        for (Connection connection : settings.connections().values()) {
            if (readings.stream().noneMatch(reading -> reading.connection().equals(connection.name()))) {
                findings.add(new Finding(true, "connection " + connection.name(), "not read: no job uses it", ""));
            }
        }
        return findings;
    }

    private static Finding read(Reading reading, Readers readers) {
        String subject = "connection " + reading.connection();
        String what = reading.kind() + (reading.scope().keys().isEmpty() ? "" : " " + reading.scope());
        try {
            int size = readers.of(reading.connection(), reading.kind())
                    .find(reading.scope())
                    .size();
            return new Finding(true, subject, "reads " + size + " of " + what, "");
        } catch (ConnectorException e) {
            return new Finding(false, subject, what + ": " + e.getMessage(), e.remedy());
        }
    }

    private static void print(List<Finding> findings, Console console) {
        if (!console.isTable()) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            findings.forEach(finding -> array.addObject()
                    .put("ok", finding.ok())
                    .put("subject", finding.subject())
                    .put("what", finding.what())
                    .put("remedy", finding.remedy()));
            console.data(array);
            return;
        }
        Table table = Table.of();
        findings.forEach(finding -> table.row(
                finding.ok() ? "ok" : "problem",
                finding.subject(),
                finding.what() + (finding.ok() ? "" : "; remedy: " + finding.remedy())));
        console.lines(table.lines());
    }
}
