package dev.sweepback.undo;

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
import dev.sweepback.plan.Digests;
import dev.sweepback.plan.InstructionsJson;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** @throws UndoRefused if the run is itself an undo; what has not come to its end is to be gone on with */
    public static void refuseUndo(Run run) {
        if (run.isUndo()) {
            throw new UndoRefused(
                    "run " + run.id() + " is itself an undo: taking back an undo is not supported yet",
                    run.finished().isPresent()
                            ? "run the job again: sweepback enable " + run.job() + ", then sweepback run " + run.job()
                            : "it has not come to its end; to go on with it: sweepback undo "
                                    + run.undoOf().orElseThrow());
        }
    }

    /** @throws UndoRefused if the run is itself an undo, or {@code only} names nothing in it */
    public Plan plan(Run run, Only only) {
        return plan(run, only, Set.of());
    }

    /**
     * As {@link #plan(Run, Only)}, without what another undo is about to take back.
     *
     * @param pending the operations that are left to it
     */
    public Plan plan(Run run, Only only, Set<OperationId> pending) {
        refuseUndo(run);
        List<OperationRecord> named =
                run.operations().stream().filter(only::covers).toList();
        if (named.isEmpty() && !only.isAll()) {
            throw new UndoRefused(
                    "nothing in run " + run.id() + " matches --only",
                    "see what it did: sweepback audit list --run " + run.id());
        }
        Map<OperationId, Link> chain = new LinkedHashMap<>();
        named.stream()
                .filter(operation -> operation.succeeded() || operation.leavesSomething())
                .forEach(operation -> linksSince(operation)
                        .forEach(link -> chain.put(link.operation().id(), link)));
        List<Link> newestFirst = chain.values().stream()
                .filter(link -> !pending.contains(link.operation().id()))
                .sorted(Comparator.comparing((Link link) -> lastSeq(link.operation()))
                        .reversed())
                .toList();
        List<PlannedOperation> operations = stages(newestFirst);
        return new Plan(
                new PlanId(Ids.random()),
                Purpose.UNDO,
                run.job(),
                run.upgrade(),
                clock.instant(),
                NOTHING,
                operations,
                heldOnly(named, chain.keySet()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(run.id()),
                Digests.plan(NOTHING, operations));
    }

    /** What was disabled before the run came to it: nothing to put back, but it must not be removed later. */
    private List<Item> heldOnly(List<OperationRecord> named, Set<OperationId> takenBack) {
        Set<OperationId> rest = named.stream()
                .map(OperationRecord::id)
                .filter(id -> !takenBack.contains(id))
                .collect(Collectors.toSet());
        return Quarantine.held(journal, clock.instant()).stream()
                .filter(held -> rest.contains(held.operation().id()))
                .map(held -> new Item(
                        held.step(),
                        held.ref(),
                        held.operation().name(),
                        "was disabled before: nothing to put back, and not removed any more"))
                .toList();
    }

    /**
     * An operation to take back.
     *
     * @param root the address under which its resource was first known: no two links of a root may go side by side
     * @param begun the revert that was begun and did not succeed: going on with it, under its id, finds what it left behind
     */
    private record Link(OperationRecord operation, ResourceRef root, Optional<OperationId> begun) {}

    /** This operation and every later one of Sweepback's on the same resource; none if it was taken back already. */
    private List<Link> linksSince(OperationRecord operation) {
        Map<OperationId, OperationRecord> applied = new LinkedHashMap<>();
        Map<OperationId, OperationId> begun = new HashMap<>();
        Set<OperationId> takenBack = new HashSet<>();
        for (OperationRecord record : recordsSince(operation)) {
            Optional<OperationId> reverted = record.reverts();
            if (reverted.isPresent()) {
                record.intent().ifPresent(intent -> begun.put(reverted.get(), record.id()));
                if (record.succeeded()) {
                    takenBack.add(reverted.get());
                }
            } else if (record.leavesSomething()) {
                applied.put(record.id(), record);
            }
        }
        if (takenBack.contains(operation.id())) {
            return List.of();
        }
        takenBack.forEach(applied::remove);
        return applied.values().stream()
                .map(record -> new Link(record, operation.ref(), Optional.ofNullable(begun.get(record.id()))))
                .toList();
    }

    /** Everything done to the resource since, also under the addresses that re-creating gave it. */
    private List<OperationRecord> recordsSince(OperationRecord operation) {
        long first = operation.intent().orElseThrow().seq();
        List<OperationRecord> records = new ArrayList<>();
        Set<ResourceRef> passed = new HashSet<>();
        Deque<ResourceRef> addresses = new ArrayDeque<>(List.of(operation.ref()));
        while (!addresses.isEmpty()) {
            ResourceRef address = addresses.remove();
            if (passed.add(address)) {
                List<OperationRecord> here = OperationRecord.fold(
                        journal.read(Query.all().resource(address).after(first - 1)));
                records.addAll(here);
                here.stream()
                        .flatMap(record -> record.end().flatMap(end -> end.data("now")).stream())
                        .map(ResourceRef::parse)
                        .forEach(addresses::add);
            }
        }
        return records;
    }

    private static long lastSeq(OperationRecord operation) {
        return operation.end().or(operation::intent).orElseThrow().seq();
    }

    private List<PlannedOperation> stages(List<Link> newestFirst) {
        List<PlannedOperation> planned = new ArrayList<>();
        Set<ResourceRef> inStage = new HashSet<>();
        Set<ResourceRef> lost = new HashSet<>();
        String group = "";
        int stage = 0;
        for (Link link : newestFirst) {
            OperationRecord operation = link.operation();
            Entry intent = operation.intent().orElseThrow();
            String own = intent.data("step").orElse("") + " " + intent.action().orElse("") + " "
                    + operation.ref().connection() + " " + operation.ref().kind();
            if (!own.equals(group) || inStage.contains(link.root())) {
                stage++;
                inStage.clear();
                group = own;
            }
            inStage.add(link.root());
            PlannedOperation revert = revert(stage, link, intent, lost.contains(link.root()));
            if (revert.reversibility() == Reversibility.NONE) {
                lost.add(link.root());
            }
            planned.add(revert);
        }
        return planned;
    }

    /** @param lost whether something later on the same resource cannot be taken back */
    private static PlannedOperation revert(int stage, Link link, Entry intent, boolean lost) {
        OperationRecord operation = link.operation();
        // What comes after a quarantine has an operation of its own: here the action alone is taken back.
        Optional<String> own = intent.data("actionReversibility");
        String reversibility = own.or(() -> intent.data("reversibility")).orElseThrow();
        boolean removed = intent.data("sign").filter("-"::equals).isPresent();
        return new PlannedOperation(
                link.begun().orElseGet(() -> new OperationId(Ids.random())),
                stage,
                intent.data("step").orElse(""),
                List.of(),
                operation.ref(),
                operation.name(),
                intent.action().orElseThrow(),
                '+',
                lost ? Reversibility.NONE : Reversibility.valueOf(reversibility.toUpperCase(Locale.ROOT)),
                lost
                        ? List.of("what was done to it later cannot be put back")
                        : texts(intent.dataNode(own.isPresent() ? "actionLost" : "lost")),
                "takes back operation " + operation.id(),
                "",
                removed ? intent.data("population").orElse("") : "",
                Optional.empty(),
                InstructionsJson.read(intent.dataNode(InstructionsJson.KEY)),
                Optional.empty(),
                Optional.of(operation.id()));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
