package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The key-value engine without versions, mounted at {@code kv1}. */
final class VaultKvV1 {

    private static final Duration DEFAULT_LEASE = Duration.ofDays(32);

    private final TreeMap<String, ObjectNode> entries = new TreeMap<>();

    void write(String path, ObjectNode value) {
        entries.put(path, value.deepCopy());
    }

    TwinResponse read(Call call) {
        ObjectNode value = entries.get(call.at("path"));
        if (value == null) {
            throw VaultAnswers.nothing();
        }
        ObjectNode envelope = VaultAnswers.envelope();
        envelope.put(
                "lease_duration",
                VaultAnswers.duration(value.path("ttl"), DEFAULT_LEASE).toSeconds());
        envelope.set("data", value.deepCopy());
        return VaultAnswers.plain(200, envelope);
    }

    TwinResponse write(Call call) {
        write(call.at("path"), call.body());
        return VaultAnswers.done();
    }

    TwinResponse delete(Call call) {
        entries.remove(call.at("path"));
        return VaultAnswers.done();
    }

    TwinResponse list(Call call) {
        return VaultAnswers.keys(Level.below(entries.navigableKeySet(), VaultKv.folder(call)));
    }

    void dump(ObjectNode dump) {
        entries.forEach((path, value) ->
                dump.putObject("kv:kv1/" + path).put("fingerprint", Json.fingerprint(value.toString())));
    }
}
