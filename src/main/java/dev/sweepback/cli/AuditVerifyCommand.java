package dev.sweepback.cli;

import dev.sweepback.journal.Verification;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "verify",
        description =
                "Check every entry, snapshot and document against each other, offline. Exit code 8 if one does not fit.")
final class AuditVerifyCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    AuditVerifyCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        try (Wiring wiring = common.openToRead(common.files(outside, console), outside, console)) {
            Verification found = wiring.journal().verify();
            print(found, console);
            if (found.coveredTo() < found.entries()) {
                console.say(
                        "entries " + (found.coveredTo() + 1) + " to " + found.entries()
                                + " are not covered by a checkpoint yet: who may write the store could replace them as a whole; keep the root elsewhere");
            }
            return (found.ok() ? ExitCode.DONE : ExitCode.VERIFICATION_FAILED).number();
        }
    }

    private static void print(Verification found, Console console) {
        if (console.isTable()) {
            console.line(found.ok() ? "the record is whole" : "the record is not whole");
            found.problem().ifPresent(problem -> console.line("problem: " + problem));
            console.line("entries: " + found.entries());
            console.line("root:    " + found.root());
            console.line("covered: up to entry " + found.coveredTo());
            return;
        }
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("ok", found.ok())
                .put("entries", found.entries())
                .put("size", found.entries())
                .put("root", found.root())
                .put("coveredTo", found.coveredTo());
        found.problem().ifPresent(problem -> node.put("problem", problem));
        console.data(node);
    }
}
