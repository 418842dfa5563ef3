package dev.sweepback.cli;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.gate.GateState;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Objection;
import dev.sweepback.plan.UseJson;
import dev.sweepback.run.Tripped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "explain",
        description = "All that the journal says about a resource, and what each job would do with it now.")
final class ExplainCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "RESOURCE", description = "flag:unleash/NAME, webhook:github/ID …")
    ResourceRef resource = new ResourceRef("kind", "connection", "id");

    ExplainCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        try (Wiring wiring = common.openToRead(files, outside, console);
                var readers = wiring.readers()) {
            readers.connector(resource.connection(), resource.kind());
            List<Entry> entries = wiring.journal().read(Query.all().resource(resource));
            Optional<String> kept = Keeps.read(wiring.journal())
                    .objection(resource, outside.clock().instant())
                    .map(Objection::reason);
            console.say("What each job would do is evaluated now, on what the systems say now.");
            List<Explanation> explanations = Explanation.all(resource, files, wiring, readers);
            List<Tripped> tripped = Tripped.all(wiring.journal()).stream()
                    .filter(one -> one.trip().ref().equals(resource))
                    .toList();
            Map<Explanation, List<GateState.Answer>> checks = new LinkedHashMap<>();
            explanations.forEach(one -> checks.put(one, one.checks(files, wiring)));
            print(entries, kept, tripped, checks, console);
        }
        return ExitCode.DONE.number();
    }

    private void print(
            List<Entry> entries,
            Optional<String> kept,
            List<Tripped> tripped,
            Map<Explanation, List<GateState.Answer>> explanations,
            Console console) {
        if (console.isTable()) {
            console.line(resource.toString());
            kept.ifPresent(console::line);
            console.line("journal: " + (entries.isEmpty() ? "nothing" : Counted.text(entries.size(), "entry")));
            entries.forEach(entry -> console.recorded("  " + AuditListCommand.line(entry) + use(entry)));
            tripped.forEach(
                    one -> console.line("tripwire: " + one.trip().text() + "; run " + one.undo() + " puts it back"));
            console.line("now:" + (explanations.isEmpty() ? " no job has a step for it" : ""));
            explanations.forEach((one, checks) -> {
                console.line("  job " + one.job() + ", upgrade " + one.upgrade() + ": " + one.verdict() + ": "
                        + one.reason());
                checks.forEach(check -> console.line("    its check '" + check.condition() + "' is "
                        + check.verdict().word() + ": " + check.verdict().reason()));
            });
            return;
        }
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("resource", resource.toString());
        kept.ifPresentOrElse(why -> node.put("kept", why), () -> node.putNull("kept"));
        ArrayNode journal = node.putArray("journal");
        entries.forEach(entry -> journal.add(entry.body()));
        ArrayNode trips = node.putArray("tripped");
        tripped.forEach(one -> trips.addObject()
                .put("usedAt", one.trip().usedAt().toString())
                .put("runId", one.trip().of().value())
                .put("undo", one.undo().value()));
        node.put("evaluatedAt", outside.clock().instant().toString());
        ArrayNode now = node.putArray("now");
        explanations.forEach((one, checks) -> {
            ArrayNode said = now.addObject()
                    .put("job", one.job())
                    .put("upgrade", one.upgrade())
                    .put("verdict", one.verdict())
                    .put("reason", one.reason())
                    .putArray("checks");
            checks.forEach(check -> CheckStatus.add(said.addObject(), check));
        });
        console.data(node);
    }

    /** What was found of its use right before the action. */
    private static String use(Entry entry) {
        return UseJson.read(entry.dataNode(UseJson.KEY))
                .map(use -> "; " + UseJson.text(use))
                .orElse("");
    }
}
