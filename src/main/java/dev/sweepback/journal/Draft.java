package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry before the journal gives it its number and time. Immutable: every method returns a new draft. Snapshots and
 * documents travel with the entry and are durable in the same commit; the entry names them by their hash.
 */
public final class Draft {

    private final EntryType type;
    private final ObjectNode fields;
    private final Map<String, State> snapshots;
    private final Map<String, byte[]> documents;

    private Draft(EntryType type, ObjectNode fields, Map<String, State> snapshots, Map<String, byte[]> documents) {
        this.type = type;
        this.fields = fields;
        this.snapshots = snapshots;
        this.documents = documents;
    }

    public static Draft of(EntryType type, Actor actor) {
        ObjectNode fields = JsonMapper.shared().createObjectNode();
        fields.putObject("actor").put("name", actor.name()).put("authenticated", actor.authenticated());
        fields.putObject("data");
        return new Draft(type, fields, Map.of(), Map.of());
    }

    public Draft job(String name) {
        return with("job", name);
    }

    public Draft upgrade(UpgradeId id) {
        return with("upgradeId", id.value());
    }

    public Draft plan(PlanId id) {
        return with("planId", id.value());
    }

    public Draft run(RunId id) {
        return with("runId", id.value());
    }

    public Draft operation(OperationId id) {
        return with("operationId", id.value());
    }

    public Draft resource(ResourceRef ref, String name) {
        return with("connection", ref.connection())
                .with("kind", ref.kind())
                .with("resource", ref.id())
                .with("name", name);
    }

    public Draft action(String action) {
        return with("action", action);
    }

    public Draft outcome(Outcome outcome) {
        return with("outcome", outcome.word());
    }

    public Draft reason(String reason) {
        return with("reason", reason);
    }

    public Draft ticket(String ticket) {
        return with("ticket", ticket);
    }

    public Draft data(String key, String value) {
        Draft copy = copy();
        ((ObjectNode) copy.fields.get("data")).put(key, value);
        return copy;
    }

    public Draft data(String key, JsonNode value) {
        Draft copy = copy();
        ((ObjectNode) copy.fields.get("data")).set(key, value.deepCopy());
        return copy;
    }

    /** Keeps {@code state} encrypted; {@code data.key} becomes its reference. */
    public Draft snapshot(String key, State state) {
        Map<String, State> more = new TreeMap<>(snapshots);
        more.put(key, state);
        return new Draft(type, fields, more, documents);
    }

    /** Keeps {@code content}, which must hold no secret, as it is; {@code data.key} becomes its reference. */
    public Draft document(String key, byte[] content) {
        Map<String, byte[]> more = new TreeMap<>(documents);
        more.put(key, content.clone());
        return new Draft(type, fields, snapshots, more);
    }

    public EntryType type() {
        return type;
    }

    /** The envelope and {@code data}, without seq, time, type and references. */
    public ObjectNode fields() {
        return fields.deepCopy();
    }

    public Map<String, State> snapshots() {
        return snapshots;
    }

    public Map<String, byte[]> documents() {
        return documents;
    }

    private Draft with(String key, String value) {
        Draft copy = copy();
        copy.fields.put(key, value);
        return copy;
    }

    // Only what a draft changes is copied: every other node stays as it was given.
    private Draft copy() {
        ObjectNode copy = JsonMapper.shared().createObjectNode().setAll(fields);
        copy.set("data", JsonMapper.shared().createObjectNode().setAll((ObjectNode) fields.get("data")));
        return new Draft(type, copy, snapshots, documents);
    }
}
