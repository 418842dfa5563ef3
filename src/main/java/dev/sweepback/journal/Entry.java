package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record of the journal. Its bytes are RFC 8785 JSON with {@code v} and {@code seq} inside; its leaf hash is
 * SHA-256(0x00 ‖ bytes), as in RFC 6962.
 */
public final class Entry {

    /** The version of the entry format. */
    public static final int VERSION = 1;

    // Always three digits, so that the order of the texts is the order of the times.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final long LARGEST_EXACT = 1L << 53;

    private final byte[] bytes;
    private final long seq;
    private final EntryType type;
    private final Optional<RunId> run;
    private final Optional<OperationId> operation;
    private final Optional<Outcome> outcome;

    /** The whole entry is held as bytes: its tree is many times as large, and a run has thousands of entries. */
    private volatile WeakReference<ObjectNode> body;

    private Entry(byte[] bytes, ObjectNode body) {
        this.bytes = bytes;
        this.body = new WeakReference<>(body);
        this.seq = body.path("seq").asLong();
        this.type = EntryType.of(body.path("type").asString());
        this.run = text(body, "runId").map(RunId::new);
        this.operation = text(body, "operationId").map(OperationId::new);
        this.outcome = text(body, "outcome").map(Outcome::of);
    }

    /** Gives a draft its number, time and references. {@code time} is cut to milliseconds. */
    public static Entry seal(Draft draft, long seq, Instant time, Map<String, String> references) {
        ObjectNode body = draft.fields();
        body.put("v", VERSION);
        body.put("seq", seq);
        body.put("time", timeText(time));
        body.put("type", draft.type().word());
        references.forEach(((ObjectNode) body.get("data"))::put);
        refuseInexactNumbers(body);
        try {
            return new Entry(new JsonCanonicalizer(body.toString()).getEncodedUTF8(), body);
        } catch (IOException e) {
            throw new IllegalArgumentException("an entry that cannot be made canonical", e);
        }
    }

    /** How entries write a time: UTC, cut to milliseconds, always with three digits of them; sorts as the times do. */
    public static String timeText(Instant time) {
        return TIME.format(time);
    }

    /** @throws IllegalArgumentException if the bytes are no entry of a known version and type */
    public static Entry parse(byte[] bytes) {
        try {
            if (JsonMapper.shared().readTree(bytes) instanceof ObjectNode body
                    && body.path("v").asInt(0) == VERSION) {
                return new Entry(bytes.clone(), body);
            }
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("not an entry: no JSON", e);
        }
        throw new IllegalArgumentException("not an entry of version " + VERSION);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public byte[] leafHash() {
        return leafHash(bytes);
    }

    public static byte[] leafHash(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) 0);
            return digest.digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    public long seq() {
        return seq;
    }

    public Instant time() {
        return Instant.parse(tree().path("time").asString());
    }

    public EntryType type() {
        return type;
    }

    public Actor actor() {
        JsonNode actor = tree().path("actor");
        return new Actor(
                actor.path("name").asString("?"), actor.path("authenticated").asBoolean(false));
    }

    public Optional<String> job() {
        return text("job");
    }

    public Optional<UpgradeId> upgrade() {
        return text("upgradeId").map(UpgradeId::new);
    }

    public Optional<PlanId> plan() {
        return text("planId").map(PlanId::new);
    }

    public Optional<RunId> run() {
        return run;
    }

    public Optional<OperationId> operation() {
        return operation;
    }

    public Optional<ResourceRef> resource() {
        return text("resource")
                .map(id -> new ResourceRef(
                        text("kind").orElseThrow(), text("connection").orElseThrow(), id));
    }

    /** The name of the resource, as people know it. */
    public Optional<String> name() {
        return text("name");
    }

    public Optional<String> action() {
        return text("action");
    }

    public Optional<Outcome> outcome() {
        return outcome;
    }

    /** The operation that this entry's own takes back, if it is a revert. */
    public Optional<OperationId> reverts() {
        return data("direction").filter("revert"::equals).isPresent()
                ? data("of").map(OperationId::new)
                : Optional.empty();
    }

    public Optional<String> reason() {
        return text("reason");
    }

    public Optional<String> data(String key) {
        return Optional.ofNullable(tree().path("data").get(key))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
    }

    public JsonNode dataNode(String key) {
        return tree().path("data").path(key);
    }

    /** A copy of the whole entry. */
    public ObjectNode body() {
        return tree().deepCopy();
    }

    private Optional<String> text(String key) {
        return text(tree(), key);
    }

    private static Optional<String> text(ObjectNode body, String key) {
        return Optional.ofNullable(body.get(key)).map(JsonNode::asString);
    }

    private ObjectNode tree() {
        ObjectNode known = body.get();
        if (known != null) {
            return known;
        }
        ObjectNode read = (ObjectNode) JsonMapper.shared().readTree(bytes);
        body = new WeakReference<>(read);
        return read;
    }

    // RFC 8785 writes numbers as doubles: beyond 2^53 it would silently record another number.
    private static void refuseInexactNumbers(JsonNode node) {
        if (node.isIntegralNumber() && (!node.canConvertToLong() || Math.abs(node.asLong()) > LARGEST_EXACT)) {
            throw new IllegalArgumentException("a number beyond 2^53 must be recorded as text");
        }
        node.forEach(Entry::refuseInexactNumbers);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
