package dev.sweepback.plan;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.job.Step;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan as users and the journal see it. Field names are public contract. */
public final class PlanJson {

    private PlanJson() {}

    public static byte[] write(Plan plan) {
        return toJson(plan).toString().getBytes(StandardCharsets.UTF_8);
    }

    public static ObjectNode toJson(Plan plan) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("planId", plan.id().value());
        node.put("digest", plan.digest());
        node.put("purpose", plan.purpose().word());
        node.put("job", plan.job());
        plan.upgrade().ifPresent(id -> node.put("upgrade", id.value()));
        node.put("madeAt", plan.madeAt().toString());
        plan.relatesTo().ifPresent(id -> node.put("relatesTo", id.value()));
        node.putObject("basis")
                .put("job", plan.basis().job())
                .put("policy", plan.basis().policy())
                .put("upgrade", plan.basis().upgrade())
                .put("connections", plan.basis().connections());
        ArrayNode operations = node.putArray("operations");
        plan.operations().forEach(operation -> operations.add(operation(operation)));
        items(node.putArray("kept"), plan.kept());
        items(node.putArray("blocked"), plan.blocked());
        items(node.putArray("unclear"), plan.unclear());
        ArrayNode stopped = node.putArray("stopped");
        plan.stopped().forEach(stopped::add);
        ArrayNode populations = node.putArray("populations");
        plan.populations().forEach(count -> populations.add(count(count)));
        ArrayNode refusals = node.putArray("refusals");
        plan.refusals()
                .forEach(refusal -> refusals.addObject()
                        .put("guard", refusal.guard())
                        .put("what", refusal.what())
                        .put("remedy", refusal.remedy()));
        node.set("totals", totals(plan));
        return node;
    }

    public static ObjectNode count(Count count) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("key", count.key())
                .put("connection", count.connection())
                .put("kind", count.kind())
                .put("size", count.size());
    }

    static ObjectNode totals(Plan plan) {
        ObjectNode totals = JsonMapper.shared().createObjectNode();
        totals.put("operations", plan.operations().size());
        totals.put("kept", plan.kept().size());
        totals.put("blocked", plan.blocked().size());
        totals.put("unclear", plan.unclear().size());
        ObjectNode undo = totals.putObject("undo");
        for (Reversibility reversibility : Reversibility.values()) {
            undo.put(
                    reversibility.word(),
                    plan.operations().stream()
                            .filter(operation -> operation.reversibility() == reversibility)
                            .count());
        }
        return totals;
    }

    private static ObjectNode operation(PlannedOperation operation) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", operation.id().value());
        node.put("stage", operation.stage());
        node.put("step", operation.step());
        strings(node.putArray("needs"), operation.needs());
        reference(node, operation.ref(), operation.name());
        node.put("action", operation.action());
        node.put("sign", String.valueOf(operation.sign()));
        node.put("reversibility", operation.reversibility().word());
        strings(node.putArray("lost"), operation.lost());
        node.put("reason", operation.reason());
        node.put("fingerprint", operation.fingerprint());
        node.put("population", operation.population());
        operation.quarantine().ifPresent(quarantine -> quarantine(node, quarantine));
        node.setAll(InstructionsJson.write(operation.instructions()));
        operation.use().ifPresent(use -> node.set(UseJson.KEY, UseJson.write(use)));
        operation.of().ifPresent(id -> node.put("of", id.value()));
        return node;
    }

    private static void quarantine(ObjectNode node, Step.Quarantine quarantine) {
        String duration = quarantine.duration().toString();
        node.put("quarantine", duration);
        quarantine
                .then()
                .ifPresent(action ->
                        node.putObject("then").put("quarantine", duration).put("action", action));
    }

    private static void reference(ObjectNode node, ResourceRef ref, String name) {
        node.put("connection", ref.connection());
        node.put("kind", ref.kind());
        node.put("resource", ref.id());
        node.put("name", name);
    }

    private static void items(ArrayNode array, List<Item> items) {
        for (Item item : items) {
            ObjectNode node = array.addObject();
            node.put("step", item.step());
            reference(node, item.ref(), item.name());
            node.put("reason", item.reason());
            item.until().ifPresent(until -> node.put("until", until.toString()));
        }
    }

    private static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /** Reads what {@link #write} wrote. */
    public static Plan read(byte[] bytes) {
        JsonNode node = JsonMapper.shared().readTree(bytes);
        JsonNode basis = node.path("basis");
        return new Plan(
                new PlanId(node.path("planId").asString()),
                Purpose.of(node.path("purpose").asString()),
                node.path("job").asString(),
                text(node, "upgrade").map(UpgradeId::new),
                Instant.parse(node.path("madeAt").asString()),
                new Basis(
                        basis.path("job").asString(),
                        basis.path("policy").asString(),
                        basis.path("upgrade").asString(),
                        basis.path("connections").asString()),
                list(node.path("operations"), PlanJson::readOperation),
                list(node.path("kept"), PlanJson::readItem),
                list(node.path("blocked"), PlanJson::readItem),
                list(node.path("unclear"), PlanJson::readItem),
                list(node.path("stopped"), JsonNode::asString),
                list(
                        node.path("populations"),
                        count -> new Count(
                                count.path("key").asString(),
                                count.path("connection").asString(),
                                count.path("kind").asString(),
                                count.path("size").asInt())),
                list(
                        node.path("refusals"),
                        refusal -> new Refusal(
                                refusal.path("guard").asString(),
                                refusal.path("what").asString(),
                                refusal.path("remedy").asString())),
                text(node, "relatesTo").map(RunId::new),
                node.path("digest").asString());
    }

    private static PlannedOperation readOperation(JsonNode node) {
        return new PlannedOperation(
                new OperationId(node.path("id").asString()),
                node.path("stage").asInt(),
                node.path("step").asString(),
                list(node.path("needs"), JsonNode::asString),
                readReference(node),
                node.path("name").asString(),
                node.path("action").asString(),
                node.path("sign").asString().charAt(0),
                Reversibility.valueOf(node.path("reversibility").asString().toUpperCase(Locale.ROOT)),
                list(node.path("lost"), JsonNode::asString),
                node.path("reason").asString(),
                node.path("fingerprint").asString(),
                node.path("population").asString(),
                readQuarantine(node),
                InstructionsJson.read(node),
                UseJson.read(node.path(UseJson.KEY)),
                text(node, "of").map(OperationId::new));
    }

    /** A plan of an earlier version has the duration with what follows alone. */
    private static Optional<Step.Quarantine> readQuarantine(JsonNode node) {
        JsonNode then = node.path("then");
        return text(node, "quarantine")
                .or(() -> text(then, "quarantine"))
                .map(duration -> new Step.Quarantine(Duration.parse(duration), text(then, "action")));
    }

    private static Item readItem(JsonNode node) {
        return new Item(
                node.path("step").asString(),
                readReference(node),
                node.path("name").asString(),
                node.path("reason").asString(),
                text(node, "until").map(Instant::parse));
    }

    private static ResourceRef readReference(JsonNode node) {
        return new ResourceRef(
                node.path("kind").asString(),
                node.path("connection").asString(),
                node.path("resource").asString());
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key)).map(JsonNode::asString);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> list = new ArrayList<>();
        array.forEach(element -> list.add(read.apply(element)));
        return list;
    }
}
