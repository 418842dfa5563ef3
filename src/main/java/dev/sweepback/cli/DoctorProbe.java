package dev.sweepback.cli;

import dev.sweepback.adapter.rest.Probe;
import dev.sweepback.adapter.rest.RestConnector;
import dev.sweepback.adapter.rest.Verdict;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.job.Description;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Nearest;
import dev.sweepback.job.Settings;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Proves a description on its system: writes there, on disposable resources of its own. */
final class DoctorProbe {

    private final Outside outside;
    private final Common common;
    private final Consent consent;
    private final Note note;
    private final Console console;

    DoctorProbe(Outside outside, Common common, Consent consent, Note note, Console console) {
        this.outside = outside;
        this.common = common;
        this.consent = consent;
        this.note = note;
        this.console = console;
    }

    int run(Loaded files, String name) {
        String title = "doctor --probe " + name;
        Connection connection = connection(files.settings().orElseThrow(), name);
        Description description = description(files.settings().orElseThrow(), connection);
        consent.needed(title, outside);
        Wiring wiring = common.open(files, outside);
        try (Acting acting = begin(wiring, title)) {
            RestConnector connector = (RestConnector) wiring.catalog()
                    .get(connection.type(), description.resource())
                    .orElseThrow();
            Probe probe = connector.probe(connection);
            explain(description, connection, probe);
            acting.ask(() -> consent.ask("Write to " + description.system() + "?", title, outside, console));
            List<Verdict> verdicts = prove(probe, connection, description, acting, wiring.journal());
            print(description, verdicts);
            return exit(verdicts, acting).number();
        }
    }

    private ExitCode exit(List<Verdict> verdicts, Acting acting) {
        if (acting.stopped()) {
            console.say("asked to stop, so nothing more was begun; "
                    + (verdicts.stream().allMatch(verdict -> verdict.left().isEmpty())
                            ? "nothing is left of what was made"
                            : "what may be left is named above"));
            return ExitCode.INTERRUPTED;
        }
        return verdicts.stream().allMatch(Verdict::proven) ? ExitCode.DONE : ExitCode.FAILURE;
    }

    private Acting begin(Wiring wiring, String title) {
        try {
            return Acting.begin(wiring, title, common, console, note);
        } catch (RuntimeException e) {
            wiring.close();
            throw e;
        }
    }

    private Connection connection(Settings settings, String name) {
        return settings.connection(name)
                .orElseThrow(() -> Failures.usage(
                        "unknown-connection",
                        "there is no connection '" + name + "'",
                        common.config().toString(),
                        Nearest.hint(
                                name,
                                settings.connections().keySet(),
                                "the connections are: "
                                        + String.join(
                                                ", ", settings.connections().keySet()))));
    }

    private Description description(Settings settings, Connection connection) {
        Description description = settings.description(connection)
                .orElseThrow(() -> Failures.usage(
                        "nothing-to-probe",
                        "connection '" + connection.name() + "' is of the built-in type " + connection.type()
                                + ", which needs no probe",
                        "connection " + connection.name(),
                        "name a connection of a type rest:NAME"));
        if (description.probe().isEmpty()) {
            throw Failures.usage(
                    "no-probe",
                    "the description of " + connection.type() + " does not say how a disposable resource is made",
                    description.source().path().toString(),
                    "add 'probe' to it");
        }
        return description;
    }

    private void explain(Description description, Connection connection, Probe probe) {
        console.say("This writes to " + description.system() + " at " + connection.url() + ".");
        console.say("For each of " + String.join(", ", probe.actions()) + ": it makes a " + description.resource()
                + " named " + Probe.PREFIX
                + "…, carries the action out, takes it back, compares, and removes what it made.");
        console.say("Nothing else is changed. Each is on record before it is made.");
    }

    private List<Verdict> prove(
            Probe probe, Connection connection, Description description, Acting acting, Journal journal) {
        List<Verdict> verdicts = new ArrayList<>();
        for (String action : probe.actions()) {
            if (acting.stopped()) {
                break;
            }
            String name = Probe.PREFIX + Ids.random().toLowerCase(Locale.ROOT);
            ResourceRef disposable = new ResourceRef(description.resource(), connection.name(), name);
            journal.append(ProbeRecords.begun(connection, disposable, action, note));
            Verdict verdict = probe.of(action, name, outside.clock(), acting::stopped);
            journal.append(ProbeRecords.ended(connection, disposable, verdict, note));
            verdicts.add(verdict);
        }
        return verdicts;
    }

    private void print(Description description, List<Verdict> verdicts) {
        if (!console.isTable()) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            for (Verdict verdict : verdicts) {
                array.addObject()
                        .put("action", verdict.action())
                        .put("proven", verdict.proven())
                        .put("reversibility", declared(description, verdict))
                        .put("reason", verdict.reason())
                        .put("left", verdict.left())
                        .set("differs", JsonMapper.shared().valueToTree(verdict.differs()));
            }
            console.data(array);
            return;
        }
        Table table = Table.of();
        for (Verdict verdict : verdicts) {
            table.row(
                    verdict.proven() ? "proven" : verdict.stopped() ? "stopped" : "not proven",
                    verdict.action(),
                    declared(description, verdict),
                    verdict.reason());
        }
        console.lines(table.lines());
        verdicts.stream().filter(verdict -> !verdict.left().isEmpty()).forEach(verdict -> console.say(verdict.left()));
    }

    private static String declared(Description description, Verdict verdict) {
        return description
                .action(verdict.action())
                .orElseThrow()
                .reversibility()
                .word();
    }
}
