package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GitHub as far as the webhooks of one repository go, after its published description ({@code
 * github-hooks.openapi.json}). Safe for use from several threads.
 */
public final class GithubTwin implements AutoCloseable {

    private static final int HOURLY_LIMIT = 15_000;
    private static final int REPOSITORY_ID = 1_296_269;

    private final Object lock = new Object();
    private final Clock clock;
    private final String owner;
    private final String repository;
    private final GithubHooks hooks;
    private final Routes routes;
    private final TwinServer server;
    private long lastDelivery = 12_000_000_000L;
    private int remaining = HOURLY_LIMIT;
    private Instant resetAt;

    GithubTwin(Clock clock, int port, String owner, String repository) {
        this.clock = clock;
        this.owner = owner;
        this.repository = repository;
        resetAt = clock.instant().plusSeconds(3600);
        hooks = new GithubHooks(clock, this::repositoryUrl, this::pagesUrl);
        GithubDeliveries deliveries = new GithubDeliveries(hooks, this::pagesUrl);
        String byId = "/repositories/" + REPOSITORY_ID;
        String path = "/repos/" + owner + "/" + repository;
        routes = new Routes()
                .on("GET", path, call -> repository())
                .on("GET", path + "/hooks", hooks::list)
                .on("POST", path + "/hooks", hooks::post)
                .on("GET", path + "/hooks/{id}", hooks::get)
                .on("PATCH", path + "/hooks/{id}", hooks::patch)
                .on("DELETE", path + "/hooks/{id}", hooks::delete)
                .on("GET", path + "/hooks/{id}/config", hooks::getConfig)
                .on("PATCH", path + "/hooks/{id}/config", hooks::patchConfig)
                .on("GET", path + "/hooks/{id}/deliveries", deliveries::list)
                .on("GET", byId + "/hooks", hooks::list)
                .on("GET", byId + "/hooks/{id}/deliveries", deliveries::list)
                .on("GET", "/rate_limit", call -> rateLimit());
        server = new TwinServer(port, this::answer);
        server.start();
    }

    public URI url() {
        return server.url();
    }

    public String owner() {
        return owner;
    }

    public String repositoryName() {
        return repository;
    }

    /** A token that may do everything. */
    public String token() {
        return "ghp_sandbox000000000000000000000000000000";
    }

    public Faults faults() {
        return server.faults();
    }

    public Traffic traffic() {
        return server.traffic();
    }

    /** Adds a hook as a person does; returns its id. */
    public long addHook(String target, List<String> events, @Nullable String secret, boolean active) {
        synchronized (lock) {
            GithubHook hook = hooks.create(target, events);
            hook.secret = secret;
            hook.active = active;
            return hook.id;
        }
    }

    /** Changes a hook as a person does, with the body of a PATCH; the secret stays unless the body names one. */
    public void changeHook(long id, JsonNode change) {
        synchronized (lock) {
            GithubHook hook = hooks.find(Long.toString(id));
            hook.mergeConfig(change.path("config"));
            if (change.path("events").isArray()) {
                hook.events = Json.strings(change.path("events"));
            }
            hook.active = Json.flag(change, "active", hook.active);
            hook.updatedAt = clock.instant();
        }
    }

    public void removeHook(long id) {
        synchronized (lock) {
            hooks.all().remove(id);
        }
    }

    /** Lets an event happen: every active hook that subscribes to it gets a delivery. */
    public int deliver(String event, int status) {
        synchronized (lock) {
            int delivered = 0;
            for (GithubHook hook : hooks.all().values()) {
                if (hook.active && (hook.events.contains(event) || hook.events.contains("*"))) {
                    hook.deliveries.add(new GithubHook.Delivery(++lastDelivery, clock.instant(), status, event));
                    delivered++;
                }
            }
            return delivered;
        }
    }

    /** The secret that the server signs with and never shows. */
    public Optional<String> secretOf(long id) {
        synchronized (lock) {
            return Optional.ofNullable(hooks.find(Long.toString(id)).secret);
        }
    }

    public List<Long> hookIds() {
        synchronized (lock) {
            return List.copyOf(hooks.all().keySet());
        }
    }

    /** Lets only so many further calls through in this hour; afterwards 403 with {@code x-ratelimit-remaining: 0}. */
    public void limitTo(int calls) {
        synchronized (lock) {
            remaining = calls;
            resetAt = clock.instant().plusSeconds(3600);
        }
    }

    /** Each {@code webhook:ID} with what affects behaviour; what the server writes itself is under {@code bookkeeping}. */
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            hooks.all().forEach((id, hook) -> dump.set("webhook:" + id, hook.dump()));
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private String repositoryUrl() {
        return url() + "/repos/" + owner + "/" + repository;
    }

    /** Links to further pages name the repository by its number. */
    private String pagesUrl() {
        return url() + "/repositories/" + REPOSITORY_ID;
    }

    private TwinResponse answer(TwinRequest request) {
        synchronized (lock) {
            TwinResponse response;
            try {
                authenticate(request);
                response = routes.answer(request).orElseThrow(GithubAnswers::notFound);
            } catch (Refused refused) {
                response = refused.response();
            } catch (tools.jackson.core.JacksonException e) {
                response = GithubAnswers.error(400, "Problems parsing JSON").response();
            }
            return response.with("X-GitHub-Request-Id", UUID.randomUUID().toString())
                    .with(
                            "Date",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    clock.instant().atOffset(ZoneOffset.UTC)))
                    .with("X-GitHub-Media-Type", "github.v3; format=json")
                    .with("x-ratelimit-limit", Integer.toString(HOURLY_LIMIT))
                    .with("x-ratelimit-remaining", Integer.toString(remaining))
                    .with("x-ratelimit-used", Integer.toString(HOURLY_LIMIT - remaining))
                    .with("x-ratelimit-resource", "core")
                    .with("x-ratelimit-reset", Long.toString(resetAt.getEpochSecond()));
        }
    }

    private void authenticate(TwinRequest request) {
        String credentials = request.header("authorization");
        if (credentials.isEmpty()) {
            // without a token GitHub does not even admit that a private repository exists
            throw GithubAnswers.notFound();
        }
        if (!credentials.equals("Bearer " + token()) && !credentials.equals("token " + token())) {
            throw GithubAnswers.error(401, "Bad credentials");
        }
        if (!clock.instant().isBefore(resetAt)) {
            remaining = HOURLY_LIMIT;
            resetAt = clock.instant().plusSeconds(3600);
        }
        if (remaining == 0) {
            throw GithubAnswers.error(403, "API rate limit exceeded for user ID 1.");
        }
        remaining--;
    }

    private TwinResponse repository() {
        ObjectNode body = Json.object();
        body.put("id", REPOSITORY_ID).put("name", repository).put("full_name", owner + "/" + repository);
        body.put("private", true).put("url", repositoryUrl());
        body.put("archived", false).put("hooks_url", repositoryUrl() + "/hooks");
        body.putObject("owner").put("login", owner).put("type", "Organization");
        body.putObject("permissions").put("admin", true).put("push", true).put("pull", true);
        return TwinResponse.json(200, body);
    }

    private TwinResponse rateLimit() {
        ObjectNode core = Json.object();
        core.put("limit", HOURLY_LIMIT)
                .put("remaining", remaining)
                .put("reset", resetAt.getEpochSecond())
                .put("used", HOURLY_LIMIT - remaining);
        ObjectNode body = Json.object();
        body.putObject("resources").set("core", core);
        body.set("rate", core.deepCopy());
        return TwinResponse.json(200, body);
    }
}
