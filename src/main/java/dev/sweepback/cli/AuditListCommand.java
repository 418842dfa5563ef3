package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Keeps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "list", description = "The entries of the journal, oldest first; with --limit the newest first.")
final class AuditListCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "At or after this time, or the first instant of a date.")
    Optional<String> from = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Before this time, or up to the last instant of a date.")
    Optional<String> until = Optional.empty();

    @Option(names = "--job", paramLabel = "JOB", description = "Only of this job.")
    Optional<String> job = Optional.empty();

    @Option(names = "--run", paramLabel = "RUN", description = "Only of this run; its first four characters will do.")
    Optional<String> run = Optional.empty();

    @Option(names = "--kind", paramLabel = "KIND", description = "Only on resources of this kind.")
    Optional<String> kind = Optional.empty();

    @Option(names = "--connection", paramLabel = "NAME", description = "Only on this connection.")
    Optional<String> connection = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "GLOB",
            description = "Only on resources of such a name: * and ? stand for others.")
    Optional<String> name = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only of these types: operation.outcome, …")
    List<String> types = new ArrayList<>();

    @Option(names = "--upgrade", paramLabel = "ID", description = "Only for this upgrade.")
    Optional<String> upgrade = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "The newest so many, newest first.")
    Optional<Integer> limit = Optional.empty();

    AuditListCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Query plain = query();
        Loaded files = common.files(outside, console);
        try (Wiring wiring = common.openToRead(files, outside, console)) {
            refuseUnknown(new Known(files, wiring));
            Query query = run.map(id -> plain.run(Prefixes.runId(wiring.journal(), id)))
                    .orElse(plain);
            if (console.isTable()) {
                wiring.journal().read(query, entry -> console.recorded(line(entry)));
            } else {
                Listing listing = new Listing(console);
                wiring.journal().read(query, entry -> listing.add(toJson(entry)));
                listing.end();
            }
        }
        return ExitCode.DONE.number();
    }

    private void refuseUnknown(Known known) {
        job.ifPresent(known::job);
        kind.ifPresent(known::kind);
        connection.ifPresent(known::connection);
        upgrade.ifPresent(id -> known.upgrade(Filters.upgrade(id)));
    }

    private Query query() {
        Query query = Query.of(types.stream().map(AuditListCommand::type).toArray(EntryType[]::new));
        query = from.isPresent() ? query.from(Times.from("--from", from.get())) : query;
        query = until.isPresent() ? query.until(Times.until("--until", until.get())) : query;
        query = job.isPresent() ? query.job(job.get()) : query;
        query = kind.isPresent() ? query.kind(kind.get()) : query;
        query = connection.isPresent() ? query.connection(connection.get()) : query;
        query = name.isPresent() ? query.named(name.get()) : query;
        query = upgrade.isPresent() ? query.upgrade(Filters.upgrade(upgrade.get())) : query;
        return limit.isPresent() ? query.latest(Filters.limit(limit.get())) : query;
    }

    private static EntryType type(String word) {
        try {
            return EntryType.of(word);
        } catch (IllegalArgumentException e) {
            throw Failures.usage(
                    "usage",
                    String.valueOf(e.getMessage()),
                    "--type " + word,
                    "one of "
                            + Arrays.stream(EntryType.values())
                                    .map(EntryType::word)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Field names are public contract; what an entry does not have is null. */
    static ObjectNode toJson(Entry entry) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("seq", entry.seq());
        node.put("time", entry.time().toString());
        node.put("actor", entry.actor().name());
        node.put("type", entry.type().word());
        put(node, "runId", entry.run());
        put(node, "operationId", entry.operation().map(id -> id.value()));
        put(node, "connection", entry.resource().map(ref -> ref.connection()));
        put(node, "kind", entry.resource().map(ref -> ref.kind()));
        put(node, "resource", entry.resource().map(ref -> ref.id()));
        put(node, "action", entry.action());
        put(node, "outcome", entry.outcome().map(Outcome::word));
        put(node, "direction", entry.data("direction"));
        put(node, "name", entry.name());
        put(node, "result", entry.data("result"));
        put(node, "reason", entry.reason());
        return node;
    }

    private static void put(ObjectNode node, String key, Optional<?> value) {
        value.ifPresentOrElse(known -> node.put(key, known.toString()), () -> node.putNull(key));
    }

    static String line(Entry entry) {
        String what = entry.resource()
                .map(ref -> ref.kind() + " " + PlanText.named(ref, entry.name().orElse("")))
                .or(() -> entry.job().map(job -> "job " + job))
                .or(() -> entry.upgrade().map(id -> "upgrade " + id))
                .orElse("");
        String how = entry.data("direction")
                        .filter("revert"::equals)
                        .map(unused -> " undo")
                        .orElse("")
                + entry.action().map(action -> " " + action).orElse("")
                + entry.outcome().map(outcome -> " " + outcome.word()).orElse("")
                + (Keeps.isEnd(entry)
                        ? " no longer"
                        : entry.data("until").map(until -> " until " + until).orElse(""));
        return String.format(
                        "%6d  %s  %-20s %-16s  %s%s%s  %s",
                        entry.seq(),
                        entry.time(),
                        entry.type().word(),
                        entry.run().map(Object::toString).orElse("-"),
                        what,
                        how,
                        entry.reason().map(reason -> ": " + reason).orElse(""),
                        "by " + entry.actor().name())
                .stripTrailing();
    }
}
