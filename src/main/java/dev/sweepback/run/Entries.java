package dev.sweepback.run;

import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.InstructionsJson;
import dev.sweepback.plan.PlannedOperation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How operations are written to the journal, and read back to be looked at. */
final class Entries {

    static final String REVERT = "revert";

    private Entries() {}

    /** Announces an operation: on disk before its first byte is sent. */
    static Draft intent(Run run, PlannedOperation operation, Actor actor) {
        Draft draft = common(EntryType.OPERATION_INTENT, run, operation, actor)
                .data("reversibility", operation.reversibility().word())
                .data("lost", texts(operation.lost()));
        ObjectNode instructions = InstructionsJson.write(operation.instructions());
        if (!instructions.isEmpty()) {
            draft = draft.data(InstructionsJson.KEY, instructions);
        }
        return draft;
    }

    static Draft outcome(Run run, PlannedOperation operation, Actor actor, Outcome outcome) {
        return common(EntryType.OPERATION_OUTCOME, run, operation, actor).outcome(outcome);
    }

    static Draft skipped(Run run, PlannedOperation operation, Actor actor, Outcome outcome, String reason) {
        return common(EntryType.OPERATION_SKIPPED, run, operation, actor)
                .outcome(outcome)
                .reason(reason);
    }

    /** That a look failed, said with nothing but the intent at hand. */
    static Draft unsettled(Entry intent, Actor actor, String reason) {
        Draft draft = Draft.of(EntryType.OPERATION_UNSETTLED, actor)
                .run(intent.run().orElseThrow())
                .job(intent.job().orElseThrow())
                .operation(intent.operation().orElseThrow())
                .resource(intent.resource().orElseThrow(), intent.name().orElse(""))
                .action(intent.action().orElseThrow())
                .reason(reason);
        return intent.upgrade().map(draft::upgrade).orElse(draft);
    }

    static Draft common(EntryType type, Run run, PlannedOperation operation, Actor actor) {
        Draft draft = Draft.of(type, actor)
                .run(run.id())
                .job(run.job())
                .operation(operation.id())
                .resource(operation.ref(), operation.name())
                .action(operation.action())
                .data("step", operation.step())
                .data("direction", operation.sign() == '+' ? REVERT : "apply")
                .data("sign", String.valueOf(operation.sign()));
        if (!operation.population().isEmpty()) {
            draft = draft.data("population", operation.population());
        }
        if (operation.quarantine().isPresent()) {
            draft = draft.data(
                    "quarantine", operation.quarantine().get().duration().toString());
        }
        if (operation.then().isPresent()) {
            draft = draft.data("thenAction", operation.then().get());
        }
        draft = operation.of().isPresent()
                ? draft.data("of", operation.of().get().value())
                : draft;
        return run.upgrade().isPresent() ? draft.upgrade(run.upgrade().get()) : draft;
    }

    /** What the intent announced, as a task that can be looked at without anything else at hand. */
    static Task task(Entry intent, JournalReader journal) {
        ResourceRef resource = intent.resource().orElseThrow();
        State before = journal.snapshot(intent.data("before").orElseThrow());
        Instructions instructions = InstructionsJson.read(intent.dataNode(InstructionsJson.KEY));
        if (isRevert(intent)) {
            OperationId operation = intent.operation().orElseThrow();
            OperationId of = intent.reverts().orElseThrow();
            return new Reversal(
                    operation,
                    resource,
                    intent.action().orElseThrow(),
                    before,
                    journal.snapshot(intent.data("after").orElseThrow()),
                    intent.time(),
                    instructions,
                    new RecordedProvenance(journal, operation, of, resource, before, Optional.of(intent)));
        }
        return new Order(
                intent.operation().orElseThrow(),
                resource,
                intent.action().orElseThrow(),
                before,
                intent.time(),
                instructions);
    }

    static boolean isRevert(Entry entry) {
        return entry.data("direction").filter(REVERT::equals).isPresent();
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        texts.forEach(array::add);
        return array;
    }
}
