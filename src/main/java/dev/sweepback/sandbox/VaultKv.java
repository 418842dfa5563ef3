package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The versioned key-value engine, mounted at {@code secret}. */
final class VaultKv {

    private static final class Version {
        private final Instant createdAt;
        private ObjectNode data;
        private @Nullable Instant deletedAt;
        private boolean destroyed;

        Version(Instant createdAt, ObjectNode data) {
            this.createdAt = createdAt;
            this.data = data;
        }

        ObjectNode metadata() {
            return Json.object()
                    .put("created_time", createdAt.toString())
                    .put("deletion_time", deletedAt == null ? "" : deletedAt.toString())
                    .put("destroyed", destroyed);
        }

        boolean gone(Instant now) {
            return destroyed || (deletedAt != null && !deletedAt.isAfter(now));
        }
    }

    private static final class Entry {
        private final TreeMap<Integer, Version> versions = new TreeMap<>();
        private boolean casRequired;
        private int maxVersions;
        private Duration deleteAfter = Duration.ZERO;
        private Instant createdAt;
        private Instant updatedAt;

        Entry(Instant createdAt) {
            this.createdAt = createdAt;
            this.updatedAt = createdAt;
        }

        int current() {
            return versions.isEmpty() ? 0 : versions.lastKey();
        }
    }

    private final VaultStore store;
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    VaultKv(VaultStore store) {
        this.store = store;
    }

    TwinResponse read(Call call) {
        Entry entry = find(call);
        int number = GithubAnswers.number(call.request().query("version", ""), entry.current());
        Version version = entry.versions.get(number == 0 ? entry.current() : number);
        if (version == null) {
            throw VaultAnswers.nothing();
        }
        boolean gone = version.gone(store.now());
        ObjectNode data = Json.object();
        data.set("data", gone ? Json.object().nullNode() : version.data.deepCopy());
        data.set("metadata", version.metadata().put("version", number == 0 ? entry.current() : number));
        TwinResponse answer = VaultAnswers.data(data);
        return gone ? VaultAnswers.plain(404, Json.parse(answer.body())) : answer;
    }

    TwinResponse write(Call call) {
        ObjectNode body = call.body();
        JsonNode cas = body.path("options").path("cas");
        Entry known = entries.get(call.at("path"));
        int current = known == null ? 0 : known.current();
        if (cas.isNumber() && cas.intValue() != current) {
            throw VaultAnswers.error(400, "check-and-set parameter did not match the current version");
        }
        if (known != null && known.casRequired && !cas.isNumber()) {
            throw VaultAnswers.error(400, "check-and-set parameter required for this call");
        }
        int number = write(call.at("path"), body.path("data"));
        Version version = find(call).versions.get(number);
        return VaultAnswers.data(
                version == null ? Json.object() : version.metadata().put("version", number));
    }

    int write(String path, JsonNode data) {
        Entry entry = entries.computeIfAbsent(path, unused -> new Entry(store.now()));
        int number = entry.current() + 1;
        Version version =
                new Version(store.now(), data instanceof ObjectNode object ? object.deepCopy() : Json.object());
        if (!entry.deleteAfter.isZero()) {
            version.deletedAt = store.now().plus(entry.deleteAfter);
        }
        entry.versions.put(number, version);
        int limit = entry.maxVersions == 0 ? 10 : entry.maxVersions;
        while (entry.versions.size() > limit) {
            entry.versions.pollFirstEntry();
        }
        entry.updatedAt = store.now();
        return number;
    }

    TwinResponse deleteLatest(Call call) {
        Entry entry = entries.get(call.at("path"));
        if (entry != null) {
            delete(entry, List.of(entry.current()));
        }
        return VaultAnswers.done();
    }

    TwinResponse delete(Call call) {
        Entry entry = entries.get(call.at("path"));
        if (entry != null) {
            delete(entry, versions(call));
        }
        return VaultAnswers.done();
    }

    /** Leaves {@code updated_time} as it is (recording: kv2-metadata-after-delete). */
    private void delete(Entry entry, List<Integer> numbers) {
        for (int number : numbers) {
            Version version = entry.versions.get(number);
            if (version != null && !version.gone(store.now())) {
                version.deletedAt = store.now();
            }
        }
    }

    /** Says 204 whether it helped or not (recordings: kv2-undelete-destroyed, kv2-undelete-gone). */
    TwinResponse undelete(Call call) {
        Entry entry = entries.get(call.at("path"));
        if (entry != null) {
            for (int number : versions(call)) {
                Version version = entry.versions.get(number);
                if (version != null && !version.destroyed) {
                    version.deletedAt =
                            entry.deleteAfter.isZero() ? null : store.now().plus(entry.deleteAfter);
                }
            }
        }
        return VaultAnswers.done();
    }

    TwinResponse destroy(Call call) {
        Entry entry = entries.get(call.at("path"));
        if (entry != null) {
            for (int number : versions(call)) {
                Version version = entry.versions.get(number);
                if (version != null) {
                    version.destroyed = true;
                    version.data = Json.object();
                }
            }
        }
        return VaultAnswers.done();
    }

    TwinResponse metadata(Call call) {
        Entry entry = find(call);
        ObjectNode data = Json.object().put("cas_required", entry.casRequired);
        data.put("created_time", entry.createdAt.toString()).put("current_version", entry.current());
        data.put("delete_version_after", entry.deleteAfter.toSeconds() + "s");
        data.put("max_versions", entry.maxVersions);
        data.put("oldest_version", entry.versions.size() < entry.current() ? entry.versions.firstKey() : 0);
        data.put("updated_time", entry.updatedAt.toString());
        ObjectNode versions = data.putObject("versions");
        entry.versions.forEach((number, version) -> versions.set(Integer.toString(number), version.metadata()));
        return VaultAnswers.data(data);
    }

    TwinResponse configure(Call call) {
        Entry entry = entries.computeIfAbsent(call.at("path"), unused -> new Entry(store.now()));
        ObjectNode body = call.body();
        entry.casRequired = Json.flag(body, "cas_required", entry.casRequired);
        entry.maxVersions = Json.number(body, "max_versions", entry.maxVersions);
        entry.deleteAfter = VaultAnswers.duration(body.path("delete_version_after"), entry.deleteAfter);
        return VaultAnswers.done();
    }

    TwinResponse forget(Call call) {
        entries.remove(call.at("path"));
        return VaultAnswers.done();
    }

    TwinResponse list(Call call) {
        return VaultAnswers.keys(Level.below(entries.navigableKeySet(), folder(call)));
    }

    static String folder(Call call) {
        return call.at("path").isEmpty() ? "" : call.at("path") + "/";
    }

    /** The newest value that is not deleted. */
    @Nullable
    ObjectNode value(String path) {
        Entry entry = entries.get(path);
        Version version = entry == null ? null : entry.versions.get(entry.current());
        return version == null || version.gone(store.now()) ? null : version.data.deepCopy();
    }

    void dump(ObjectNode dump) {
        for (Map.Entry<String, Entry> known : entries.entrySet()) {
            Entry entry = known.getValue();
            ObjectNode thing = dump.putObject("kv:secret/" + known.getKey());
            thing.put("current_version", entry.current()).put("max_versions", entry.maxVersions);
            thing.put("cas_required", entry.casRequired).put("delete_after_seconds", entry.deleteAfter.toSeconds());
            ObjectNode versions = thing.putObject("versions");
            entry.versions.forEach((number, version) -> versions.putObject(Integer.toString(number))
                    .put("deleted", version.gone(store.now()))
                    .put("destroyed", version.destroyed)
                    .put("fingerprint", Json.fingerprint(version.data.toString())));
            thing.putObject("bookkeeping").put("updated_time", entry.updatedAt.toString());
        }
    }

    private Entry find(Call call) {
        Entry entry = entries.get(call.at("path"));
        if (entry == null) {
            throw VaultAnswers.nothing();
        }
        return entry;
    }

    private static List<Integer> versions(Call call) {
        List<Integer> numbers = new ArrayList<>();
        call.body().path("versions").forEach(number -> numbers.add(number.asInt(0)));
        return numbers;
    }
}
