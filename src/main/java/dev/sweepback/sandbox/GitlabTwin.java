package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GitLab as far as the webhooks of one project and of its group go. It rests on GitLab's public API documentation and published
 * source, not on recordings of a real server. Safe for use from several threads.
 */
public final class GitlabTwin implements Twin {

    private static final String API = "/api/v4";
    private static final int LIMIT_A_MINUTE = 2_000;

    private final Object lock = new Object();
    private final Clock clock;
    private final TwinServer server;
    private final GitlabHooks projectHooks;
    private final GitlabHooks groupHooks;
    private final Routes routes = new Routes();
    private long lastHook = 1_700;
    private int remaining = LIMIT_A_MINUTE;

    private GitlabTwin(Clock clock) {
        this.clock = clock;
        projectHooks = new GitlabHooks(clock, "project_id", 42, () -> ++lastHook);
        groupHooks = new GitlabHooks(clock, "group_id", 7, () -> ++lastHook);
        for (String id : List.of("42", project())) {
            projectHooks.serve(routes, API + "/projects/" + id + "/hooks");
        }
        for (String id : List.of("7", group())) {
            groupHooks.serve(routes, API + "/groups/" + id + "/hooks");
        }
        server = new TwinServer(0, this::answer);
        server.start();
    }

    /** Listens on any free port of the loopback address. */
    public static GitlabTwin start(Clock clock) {
        return new GitlabTwin(clock);
    }

    @Override
    public URI url() {
        return server.url();
    }

    /** The path of the only project; its number is 42. */
    public String project() {
        return "acme/dten";
    }

    /** The path of the only group; its number is 7. */
    public String group() {
        return "acme";
    }

    @Override
    public String token() {
        return "glpat-sandbox0000000000000";
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    /** Adds a hook for these events to the project as a person does; returns its id. */
    public long addProjectHook(String url, List<String> events, @Nullable String token) {
        synchronized (lock) {
            return projectHooks.add(url, events, token).id;
        }
    }

    /** Adds a hook for these events to the group as a person does; returns its id. */
    public long addGroupHook(String url, List<String> events, @Nullable String token) {
        synchronized (lock) {
            return groupHooks.add(url, events, token).id;
        }
    }

    /** Gives a hook a header with every delivery, whose value its API never shows. */
    public void setHeader(long id, String key, String value) {
        synchronized (lock) {
            find(id).headers.put(key, value);
        }
    }

    /** Takes all headers from a hook, as a person does. */
    public void removeHeaders(long id) {
        synchronized (lock) {
            find(id).headers.clear();
        }
    }

    /** Gives a hook a value for a place in its address, which its API never shows. */
    public void setVariable(long id, String key, String value) {
        synchronized (lock) {
            find(id).variables.put(key, value);
        }
    }

    /** Changes a hook as a person does, with the body of a PUT. */
    public void changeHook(long id, JsonNode change) {
        synchronized (lock) {
            find(id).change(change);
        }
    }

    /** Stops a hook after failures, as the server does by itself. */
    public void disableAfterFailures(long id) {
        synchronized (lock) {
            find(id).alertStatus = "disabled";
        }
    }

    /** The token that the server sends along and never shows. */
    public Optional<String> tokenOf(long id) {
        synchronized (lock) {
            return Optional.ofNullable(find(id).token);
        }
    }

    /** The values of the headers that the server sends along and never shows. */
    public List<String> headerValuesOf(long id) {
        synchronized (lock) {
            return List.copyOf(find(id).headers.values());
        }
    }

    public List<Long> projectHookIds() {
        synchronized (lock) {
            return List.copyOf(projectHooks.all().keySet());
        }
    }

    /** Lets so many more requests through in this minute. */
    public void limit(int requests) {
        synchronized (lock) {
            remaining = requests;
        }
    }

    private GitlabHook find(long id) {
        return Stream.of(projectHooks, groupHooks)
                .flatMap(hooks -> hooks.all().values().stream())
                .filter(hook -> hook.id == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no hook " + id));
    }

    /** Each {@code webhook:ID} with what affects behaviour; what the server writes itself is under {@code bookkeeping}. */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            Stream.of(projectHooks, groupHooks)
                    .flatMap(hooks -> hooks.all().values().stream())
                    .forEach(hook -> dump.set("webhook:" + hook.id, hook.dump()));
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private TwinResponse answer(TwinRequest request) {
        synchronized (lock) {
            TwinResponse response;
            try {
                if (!request.header("private-token").equals(token())) {
                    throw GitlabHooks.error(401, "401 Unauthorized");
                }
                take();
                response = routes.answer(request).orElseThrow(() -> GitlabHooks.error(404, "404 Not Found"));
            } catch (Refused refused) {
                response = refused.response();
            } catch (tools.jackson.core.JacksonException e) {
                response = GitlabHooks.error(400, "400 Bad request").response();
            }
            return response.with("X-Request-Id", UUID.randomUUID().toString())
                    .with(
                            "Date",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    clock.instant().atOffset(ZoneOffset.UTC)));
        }
    }

    /** Its 429 says when to come again in both ways. */
    private void take() {
        if (remaining == 0) {
            remaining = LIMIT_A_MINUTE;
            throw new Refused(GitlabHooks.error(429, "Retry later")
                    .response()
                    .with("Retry-After", "30")
                    .with("RateLimit-Remaining", "0")
                    .with(
                            "RateLimit-Reset",
                            Long.toString(clock.instant().plusSeconds(30).getEpochSecond())));
        }
        remaining--;
    }
}
