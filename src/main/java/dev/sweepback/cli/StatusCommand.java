package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "status",
        description =
                "Who acts, what is under way, unsettled, held, due, paused and enabled. Asks checks once, where nothing else keeps a gate shut.")
final class StatusCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    StatusCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        boolean store = common.hasStore(files, outside);
        ObjectNode status = store ? read(files, console) : ofNothing(files);
        if (console.isTable()) {
            table(status, console);
        } else {
            console.data(status);
        }
        if (!store) {
            console.say("nothing was recorded here yet; `sweepback upgrade schedule` begins");
        }
        return ExitCode.DONE.number();
    }

    private ObjectNode read(Loaded files, Console console) {
        try (Wiring wiring = common.openToRead(files, outside, console)) {
            ObjectNode status = Status.of(wiring, files.jobs());
            new AwaitingStatus(files, wiring).addTo(status);
            CheckStatus.addTo(status, files, wiring);
            BackOutStatus.addTo(status, files, wiring.journal());
            return status;
        }
    }

    /** A home that `init` made says so; a mistyped one is no home. */
    private ObjectNode ofNothing(Loaded files) {
        if (!Files.isDirectory(common.home(outside))) {
            throw common.noStore(files, outside);
        }
        return Status.ofNothing(common.home(outside));
    }

    private static void table(ObjectNode status, Console console) {
        console.line("home: " + status.path("home").asString());
        console.line("acting: "
                + (status.path("actingBy").isNull()
                        ? "nobody"
                        : status.path("actingBy").asString()));
        section(
                "under way",
                withReason(status.path("runs"), StatusCommand::open),
                console,
                "runId",
                "purpose",
                "job",
                "state",
                "resumeAt",
                "reason");
        if (status.path("actingBy").isNull()) {
            Set<String> goOn = new LinkedHashSet<>();
            status.path("runs").forEach(run -> goOn.add(run.path("goOn").asString()));
            goOn.forEach(command -> console.line("  nobody goes on with what is left; to do so: " + command));
        }
        section(
                "unsettled",
                withReason(status.path("unsettled"), unused -> "announced, and its end is not recorded"),
                console,
                "operationId",
                "resource",
                "name",
                "runId",
                "lookAt",
                "reason");
        section(
                "held by quarantine",
                status.path("held"),
                console,
                "resource",
                "name",
                "then",
                "dueAt",
                "due",
                "watched",
                "runId",
                "reason");
        DueNotice.print(status.path("due"), console);
        console.line("last look at what tripwires watch: "
                + status.path("lastLook").asString("none by serve or run --due yet"));
        section(
                "put back by a tripwire, and not enabled again since",
                status.path("tripped"),
                console,
                "resource",
                "name",
                "usedAt",
                "job",
                "runId",
                "undo",
                "state");
        console.line("still running after window and buffer: " + overdue(status.path("overdue")));
        section(
                "waiting for approval",
                status.path(AwaitingStatus.KEY),
                console,
                "planId",
                "purpose",
                "job",
                "upgrade",
                "has",
                "needs",
                "expiresAt",
                "command");
        section(
                "checks, where nothing else keeps the gate shut",
                status.path("checks"),
                console,
                "job",
                "upgrade",
                "name",
                "state",
                "reason");
        section(
                "watched by its checks",
                status.path(BackOutStatus.WATCHED),
                console,
                "runId",
                "job",
                "upgrade",
                "until");
        section(
                "being rolled back, and not put back yet",
                status.path(BackOutStatus.ROLLING_BACK),
                console,
                "upgrade",
                "runId",
                "job",
                "onRollback",
                "command");
        section("paused", named(status.path("paused")), console, "job", "since", "actor", "reason");
        section("enabled", status.path("enabled"), console, "job", "upgrade", "since", "actor");
    }

    /** Where nobody has recorded one. */
    private static JsonNode withReason(JsonNode rows, Function<JsonNode, String> reason) {
        JsonNode copy = rows.deepCopy();
        for (JsonNode row : copy) {
            if (!row.has("reason") && row instanceof ObjectNode node) {
                node.put("reason", reason.apply(row));
            }
        }
        return copy;
    }

    private static String open(JsonNode run) {
        return run.has("open")
                ? run.path("open").asInt() + " open, to be looked at from "
                        + run.path("lookAt").asString() + " on"
                : "-";
    }

    /** What a pause of everything still holds, as those read it who have enabled a job since. */
    private static JsonNode named(JsonNode paused) {
        JsonNode copy = paused.deepCopy();
        for (JsonNode row : copy) {
            if (row.has("except") && row instanceof ObjectNode pause) {
                List<String> except = new ArrayList<>();
                row.path("except")
                        .forEach(job -> except.add(job.path("job").asString() + " (enabled "
                                + job.path("enabledAt").asString() + ")"));
                pause.put("job", "everything" + (except.isEmpty() ? "" : " but: " + String.join(", ", except)));
            }
        }
        return copy;
    }

    private static String overdue(JsonNode upgrades) {
        List<String> said = new ArrayList<>();
        upgrades.forEach(upgrade -> said.add(upgrade.path("upgradeId").asString() + ", over since "
                + upgrade.path("since").asString()));
        return said.isEmpty() ? "nothing" : String.join("; ", said);
    }

    private static String[] heads(String... keys) {
        return Arrays.stream(keys)
                .map(key -> key.replaceAll("([A-Z])", " $1").toUpperCase(Locale.ROOT))
                .toArray(String[]::new);
    }

    private static void section(String title, JsonNode rows, Console console, String... keys) {
        console.line(title + ": " + (rows.isEmpty() ? "nothing" : rows.size()));
        Table table = rows.isEmpty() ? new Table("  ") : new Table("  ", heads(keys));
        for (JsonNode row : rows) {
            Object[] cells = new Object[keys.length];
            for (int index = 0; index < keys.length; index++) {
                cells[index] = row.path(keys[index]).asString("-");
            }
            table.row(cells);
        }
        console.lines(table.lines());
    }
}
