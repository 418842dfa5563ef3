package dev.sweepback.undo;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Basis;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Purpose;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Makes the plan of reverts for a run, or for a part of it. Reads the journal only. */
public final class UndoPlanner {

    private static final Basis NOTHING = new Basis("", "", "", "");

    private final JournalReader journal;
    private final Clock clock;

    public UndoPlanner(JournalReader journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** @throws UndoRefused if the run is itself an undo, or {@code only} names nothing in it */
    public Plan plan(Run run, Only only) {
        if (run.purpose().equals(Purpose.UNDO.word())) {
            throw new UndoRefused(
                    "run " + run.id() + " is itself an undo: taking back an undo is not supported yet",
                    "run the job again: sweepback enable " + run.job() + ", then sweepback run " + run.job());
        }
        List<OperationRecord> named =
                run.operations().stream().filter(only::covers).toList();
        if (named.isEmpty() && !only.isAll()) {
            throw new UndoRefused(
                    "nothing in run " + run.id() + " matches --only",
                    "see what it did: sweepback audit list --run " + run.id());
        }
        Map<OperationId, OperationRecord> chain = new LinkedHashMap<>();
        named.stream()
                .filter(OperationRecord::succeeded)
                .forEach(operation -> operationsSince(operation).forEach(later -> chain.put(later.id(), later)));
        List<OperationRecord> newestFirst = chain.values().stream()
                .sorted(Comparator.comparing((OperationRecord operation) ->
                                operation.end().orElseThrow().seq())
                        .reversed())
                .toList();
        PlanId id = new PlanId(Ids.random());
        return new Plan(
                id,
                Purpose.UNDO,
                run.job(),
                run.upgrade(),
                clock.instant(),
                NOTHING,
                stages(newestFirst),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(run.id()),
                "undo:" + id);
    }

    /** This operation and every later one of Sweepback's on the same resource, without what was taken back already. */
    private List<OperationRecord> operationsSince(OperationRecord operation) {
        long first = operation.intent().orElseThrow().seq();
        Map<OperationId, OperationRecord> applied = new LinkedHashMap<>();
        Set<OperationId> takenBack = new HashSet<>();
        for (OperationRecord record : OperationRecord.fold(
                journal.read(Query.all().resource(operation.ref()).after(first - 1)))) {
            Optional<String> reverted = record.intent().flatMap(intent -> intent.data("of"));
            boolean revert = record.intent()
                    .flatMap(intent -> intent.data("direction"))
                    .filter("revert"::equals)
                    .isPresent();
            if (record.succeeded() && revert) {
                reverted.ifPresent(of -> takenBack.add(new OperationId(of)));
            } else if (record.succeeded()) {
                applied.put(record.id(), record);
            }
        }
        takenBack.forEach(applied::remove);
        return List.copyOf(applied.values());
    }

    private List<PlannedOperation> stages(List<OperationRecord> newestFirst) {
        List<PlannedOperation> planned = new ArrayList<>();
        Set<ResourceRef> inStage = new HashSet<>();
        String group = "";
        int stage = 0;
        for (OperationRecord operation : newestFirst) {
            Entry intent = operation.intent().orElseThrow();
            String own = intent.data("step").orElse("") + " " + intent.action().orElse("") + " "
                    + operation.ref().connection() + " " + operation.ref().kind();
            if (!own.equals(group) || inStage.contains(operation.ref())) {
                stage++;
                inStage.clear();
                group = own;
            }
            inStage.add(operation.ref());
            planned.add(revert(stage, operation, intent));
        }
        return planned;
    }

    private static PlannedOperation revert(int stage, OperationRecord operation, Entry intent) {
        boolean removed = intent.data("sign").filter("-"::equals).isPresent();
        return new PlannedOperation(
                new OperationId(Ids.random()),
                stage,
                intent.data("step").orElse(""),
                List.of(),
                operation.ref(),
                operation.name(),
                intent.action().orElseThrow(),
                '+',
                Reversibility.valueOf(intent.data("reversibility").orElseThrow().toUpperCase(Locale.ROOT)),
                texts(intent.dataNode("lost")),
                "takes back operation " + operation.id(),
                "",
                removed ? intent.data("population").orElse("") : "",
                Optional.empty(),
                handover(intent),
                Optional.of(operation.id()));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private static Handover handover(Entry intent) {
        return intent.data("handoverConnection")
                .map(connection -> new Handover(
                        Optional.of(connection), intent.data("handoverPath").orElseThrow()))
                .orElse(Handover.LOCAL);
    }
}
