package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The audit trail; one transaction shares its {@code groupId}. */
final class UnleashEvents {

    private static final int LIMIT = 100_000;

    private final Clock clock;
    private final Deque<ObjectNode> events = new ArrayDeque<>();
    private final Map<String, Deque<ObjectNode>> ofFlags = new HashMap<>();
    private final List<Consumer<ObjectNode>> listeners = new ArrayList<>();
    private UnleashSummaries summaries = new UnleashSummaries("");
    private int lastId;

    UnleashEvents(Clock clock) {
        this.clock = clock;
    }

    /** Events link to where the server is found. */
    void serveAt(String url) {
        summaries = new UnleashSummaries(url);
    }

    /** Tells of each event right after it was written. */
    void listen(Consumer<ObjectNode> listener) {
        listeners.add(listener);
    }

    static String transaction() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 26).toUpperCase(Locale.ROOT);
    }

    void add(String type, UnleashFlag flag, @Nullable String environment, String transaction) {
        add(type, flag, environment, transaction, null);
    }

    void add(
            String type,
            UnleashFlag flag,
            @Nullable String environment,
            String transaction,
            @Nullable ObjectNode data) {
        ObjectNode event = event(type, data, null);
        event.put("featureName", flag.name).put("project", flag.project).put("environment", environment);
        write(event.put("groupType", "transaction").put("groupId", transaction));
    }

    /** A flag that is gone for good: what it was stays with the event (recording: events-search-deleted). */
    void addDeleted(UnleashFlag flag, ObjectNode before) {
        ObjectNode event = event("feature-deleted", null, before);
        flag.tags.forEach(tag ->
                event.withArray("/tags").addObject().put("value", tag.value()).put("type", tag.type()));
        write(event.put("featureName", flag.name).put("project", flag.project).putNull("environment"));
    }

    /** An integration, without its parameters (recording: events-search-addon). */
    void addOfAddon(String type, @Nullable ObjectNode data, @Nullable ObjectNode before) {
        ObjectNode event = event(type, data, before);
        write(event.putNull("featureName").putNull("project").putNull("environment"));
    }

    private ObjectNode event(String type, @Nullable ObjectNode data, @Nullable ObjectNode before) {
        ObjectNode event = Json.object();
        event.put("id", ++lastId).put("type", type).put("createdBy", "admin");
        event.put("createdAt", UnleashViews.time(clock.instant())).put("createdByUserId", -42);
        event.set("data", data == null ? event.nullNode() : data);
        event.set("preData", before == null ? event.nullNode() : before);
        event.putArray("tags");
        return event;
    }

    private void write(ObjectNode event) {
        events.addFirst(event);
        ofFlags.computeIfAbsent(Json.text(event, "featureName", ""), unused -> new ArrayDeque<>())
                .addFirst(event);
        if (events.size() > LIMIT) {
            ofFlags.getOrDefault(Json.text(events.removeLast(), "featureName", ""), new ArrayDeque<>())
                    .pollLast();
        }
        listeners.forEach(listener -> listener.accept(event));
    }

    /** Goes up with each change. */
    int revision() {
        return lastId;
    }

    /** Newest first. */
    Collection<ObjectNode> of(String flag) {
        return ofFlags.getOrDefault(flag, new ArrayDeque<>());
    }

    TwinResponse ofFlag(Call call) {
        Collection<ObjectNode> found = of(call.at("flag"));
        ObjectNode body = Json.object().put("version", 1).put("toggleName", call.at("flag"));
        body.set("events", Json.nodes(found));
        return TwinResponse.json(200, body.put("totalEvents", found.size()));
    }

    TwinResponse search(Call call) {
        TwinRequest request = call.request();
        String feature = request.query("feature", "");
        boolean ofOne = feature.startsWith("IS:") && !feature.contains(",");
        Collection<ObjectNode> candidates = ofOne ? of(feature.substring(3)) : events;
        List<ObjectNode> found = new ArrayList<>();
        for (Iterator<ObjectNode> newestFirst = candidates.iterator(); newestFirst.hasNext(); ) {
            ObjectNode event = newestFirst.next();
            if (matches(feature, Json.text(event, "featureName", ""))
                    && matches(request.query("type", ""), Json.text(event, "type", ""))
                    && matches(request.query("project", ""), Json.text(event, "project", ""))) {
                found.add(event);
            }
        }
        int limit = GithubAnswers.number(request.query("limit", "50"), 50);
        int from = Math.min(found.size(), GithubAnswers.number(request.query("offset", "0"), 0));
        ObjectNode body = Json.object();
        body.set(
                "events",
                Json.nodes(found.subList(from, Math.min(found.size(), from + limit)).stream()
                        .map(summaries::shown)
                        .toList()));
        return TwinResponse.json(200, body.put("total", found.size()));
    }

    private static boolean matches(String filter, String value) {
        if (filter.isEmpty()) {
            return true;
        }
        return Arrays.asList(filter.substring(filter.indexOf(':') + 1).split(",", -1))
                .contains(value);
    }
}
