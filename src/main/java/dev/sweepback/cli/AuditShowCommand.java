package dev.sweepback.cli;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

@Command(name = "show", description = "An entry in full, or all entries of an operation or a run.")
final class AuditShowCommand implements Callable<Integer> {

    private static final int LONGEST_NUMBER = 15;

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Parameters(
            paramLabel = "SEQ|OPERATION|RUN",
            description = "The number of an entry, or the first four characters or more of an id.")
    String what = "";

    AuditShowCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        try (Wiring wiring = common.openToRead(common.files(outside, console), outside, console)) {
            Optional<Entry> entry = bySeq(wiring.journal());
            if (entry.isPresent()) {
                print(entry.get(), console);
            } else {
                ArrayNode array = JsonMapper.shared().createArrayNode();
                List<Entry> entries = wiring.journal().read(query(wiring.journal()));
                if (console.isTable()) {
                    entries.forEach(one -> print(one, console));
                } else {
                    entries.forEach(one -> array.add(one.body()));
                    console.data(array);
                }
            }
        }
        return ExitCode.DONE.number();
    }

    private Optional<Entry> bySeq(Journal journal) {
        if (!what.matches("\\d{1," + LONGEST_NUMBER + "}")) {
            return Optional.empty();
        }
        long seq = Long.parseLong(what);
        return journal
                .read(new Query(
                        Set.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), seq - 1, false, 1))
                .stream()
                .filter(entry -> entry.seq() == seq)
                .findFirst();
    }

    private Query query(Journal journal) {
        Optional<OperationId> operation = Prefixes.operation(journal, what);
        return operation
                .map(id -> Query.all().operation(id))
                .orElseGet(() -> Query.all().run(runId(journal)));
    }

    private RunId runId(Journal journal) {
        try {
            return Prefixes.runId(journal, what);
        } catch (Failure failure) {
            if (!failure.code().equals("unknown-run")) {
                throw failure;
            }
            throw Failures.usage(
                    "unknown-entry",
                    "there is no entry, no operation and no run '" + what + "'",
                    "audit show " + what,
                    "see the entries: sweepback audit list");
        }
    }

    private static void print(Entry entry, Console console) {
        if (console.isTable()) {
            console.recorded(AuditListCommand.line(entry));
            Console.yaml(entry.body()).lines().forEach(line -> console.recorded("        " + line));
        } else {
            console.data(entry.body());
        }
    }
}
