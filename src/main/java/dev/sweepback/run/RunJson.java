package dev.sweepback.run;

import dev.sweepback.connector.Reversibility;
import dev.sweepback.gate.Done;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Purpose;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run as users see it. Field names are public contract. */
public final class RunJson {

    /** In the entry of a revert that failed as nothing can be put back, and in its result. */
    static final String IMPOSSIBLE = "impossible";

    private RunJson() {}

    public static ObjectNode toJson(Run run) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("runId", run.id().value());
        node.put("planId", run.plan().value());
        node.put("job", run.job());
        run.upgrade().ifPresent(id -> node.put("upgrade", id.value()));
        node.put("purpose", run.purpose());
        node.put("state", run.state().word());
        run.reason().ifPresent(reason -> node.put("reason", reason));
        node.put("startedAt", run.started().time().toString());
        cause(run).ifPresent(cause -> node.put("cause", cause));
        ResumeAt.of(run).ifPresent(until -> node.put("resumeAt", until.instant().toString()));
        run.finished().ifPresent(entry -> node.put("finishedAt", entry.time().toString()));
        run.finished().flatMap(entry -> entry.data("again")).ifPresent(again -> node.put("again", again));
        run.finished().flatMap(entry -> entry.data(Watch.UNTIL)).ifPresent(until -> node.put("watchUntil", until));
        blocked(run).ifPresent(count -> node.put("blocked", count));
        node.putObject("totals")
                .put("done", run.count(Outcome.DONE, Outcome.ALREADY))
                .put("failed", run.count(Outcome.FAILED, Outcome.FOREIGN, Outcome.PARTLY, Outcome.NOT_DONE))
                .put("skipped", run.count(Outcome.SKIPPED))
                .put("conflict", run.count(Outcome.CONFLICT))
                .put("unsettled", run.open().size());
        ObjectNode undo = node.putObject("undo");
        for (Reversibility reversibility : Reversibility.values()) {
            undo.put(reversibility.word(), undoable(run, reversibility));
        }
        run.undoOf().ifPresent(id -> {
            node.put("undoOf", id.value());
            results(node.putArray("operations"), run);
        });
        return node;
    }

    /** How many things were blocked, if that is why the run did nothing: then its job is not done for the upgrade. */
    public static Optional<Integer> blocked(Run run) {
        return run.finished()
                .map(entry -> entry.dataNode(Done.BLOCKED).asInt(0))
                .filter(count -> count > 0);
    }

    /** Why it began by itself; empty if somebody, or the schedule, has begun it. */
    public static Optional<String> cause(Run run) {
        return Cause.isUnasked(run.started()) ? run.started().reason() : Optional.empty();
    }

    /** What was taken back of a run by itself, as a check has failed between its waves or while it was watched. */
    public static List<Run> backOuts(Run run, JournalReader journal) {
        return journal
                .read(Query.of(EntryType.RUN_STARTED)
                        .job(run.job())
                        .after(run.started().seq()))
                .stream()
                .filter(started -> Cause.FailedCheck.of(started).isPresent()
                        && started.data("undoOf")
                                .filter(run.id().value()::equals)
                                .isPresent())
                .flatMap(started -> Run.find(journal, started.run().orElseThrow()).stream())
                .toList();
    }

    /** An undo of {@code run} that had nothing to do, and so is no run of its own. */
    public static ObjectNode nothing(Run run) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.putNull("runId").putNull("planId").put("job", run.job());
        run.upgrade().ifPresent(id -> node.put("upgrade", id.value()));
        node.put("purpose", Purpose.UNDO.word()).put("state", RunState.SUCCEEDED.word());
        ObjectNode totals = node.putObject("totals");
        List.of("done", "failed", "skipped", "conflict").forEach(word -> totals.put(word, 0));
        totals.put("unsettled", run.open().size());
        ObjectNode undo = node.putObject("undo");
        for (Reversibility reversibility : Reversibility.values()) {
            undo.put(reversibility.word(), 0);
        }
        node.put("undoOf", run.id().value()).putArray("operations");
        return node;
    }

    private static long undoable(Run run, Reversibility reversibility) {
        return run.operations().stream()
                .filter(operation ->
                        operation.outcome().filter(Outcome.DONE::equals).isPresent())
                .filter(operation -> operation
                        .intent()
                        .flatMap(intent -> intent.data("reversibility"))
                        .filter(reversibility.word()::equals)
                        .isPresent())
                .count();
    }

    private static void results(ArrayNode array, Run run) {
        for (OperationRecord operation : run.operations()) {
            ObjectNode node = array.addObject();
            node.put("operationId", operation.id().value());
            node.put("connection", operation.ref().connection());
            node.put("kind", operation.ref().kind());
            node.put("resource", operation.ref().id());
            node.put("name", operation.name());
            node.put("result", result(operation));
            operation.end().flatMap(Entry::reason).ifPresent(reason -> node.put("reason", reason));
            if (isImpossible(operation)) {
                node.put(IMPOSSIBLE, true);
            }
            HandedOverJson.of(operation)
                    .ifPresent(handedOver -> node.set(HandedOverJson.KEY, HandedOverJson.write(handedOver)));
            ArrayNode differs = node.putArray("differs");
            differs(operation).forEach(differs::add);
        }
    }

    /** {@code exact|lossy|reissued|conflict|skipped|failed}; {@code unsettled} while it is not known. */
    public static String result(OperationRecord operation) {
        if (operation.open()) {
            return "unsettled";
        }
        return operation
                .end()
                .flatMap(entry -> entry.data("result"))
                .orElse(operation.outcome().filter(Outcome.SKIPPED::equals).isPresent() ? "skipped" : "failed");
    }

    /** Whether it failed as what it takes back cannot be put back: to try again is of no use. */
    public static boolean isImpossible(OperationRecord operation) {
        return operation.end().flatMap(entry -> entry.data(IMPOSSIBLE)).isPresent();
    }

    public static List<String> differs(OperationRecord operation) {
        return operation.end().map(entry -> texts(entry)).orElse(List.of());
    }

    private static List<String> texts(Entry entry) {
        List<String> texts = new java.util.ArrayList<>();
        entry.dataNode("differs").forEach(node -> texts.add(node.asString()));
        return texts;
    }
}
