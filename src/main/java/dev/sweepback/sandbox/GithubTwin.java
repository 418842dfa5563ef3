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
 * GitHub as far as the webhooks of one repository and of its organization go, after its published description ({@code
 * @octokit/openapi}). Safe for use from several threads.
 */
public final class GithubTwin implements Twin {

    /** Where an own server (GitHub Enterprise Server) has its API. */
    private static final String ENTERPRISE = "/api/v3";

    private final Object lock = new Object();
    private final Clock clock;
    private final String base;
    private final String owner;
    private final String repository;
    private final TwinServer server;
    private final GithubAllowance allowance;
    private final GithubDeliveries deliveries;
    private final GithubHooks hooks;
    private final GithubHooks organizationHooks;
    private final Routes routes = new Routes();
    private long lastHook = 41_000_000;

    GithubTwin(Clock clock, int port, String owner, String repository) {
        this(clock, port, "", owner, repository);
    }

    private GithubTwin(Clock clock, int port, String base, String owner, String repository) {
        this.clock = clock;
        this.base = base;
        this.owner = owner;
        this.repository = repository;
        server = new TwinServer(port, this::answer);
        server.start();
        allowance = new GithubAllowance(clock);
        deliveries = new GithubDeliveries(clock);
        hooks = hooks(GithubPlace.repository(owner, repository));
        organizationHooks = hooks(GithubPlace.organization(owner));
        hooks.serve(routes);
        organizationHooks.serve(routes);
        routes.on("GET", "/repos/" + owner + "/" + repository, call -> repository())
                .on("GET", "/rate_limit", call -> allowance.show());
    }

    /** As github.com is: with its API at the root, for organization {@code acme} and its repository {@code dten}. */
    public static GithubTwin start(Clock clock) {
        return new GithubTwin(clock, 0, "", "acme", "dten");
    }

    /** An own server: its API, and all addresses that it gives, lie below {@code /api/v3}. */
    public static GithubTwin enterprise(Clock clock) {
        return new GithubTwin(clock, 0, ENTERPRISE, "acme", "dten");
    }

    private GithubHooks hooks(GithubPlace place) {
        return new GithubHooks(clock, place, url().toString(), () -> lastHook += 17, deliveries);
    }

    /** Where the API is. */
    @Override
    public URI url() {
        return URI.create(server.url() + base);
    }

    public String owner() {
        return owner;
    }

    public String repositoryName() {
        return repository;
    }

    /** A token that may do everything. */
    @Override
    public String token() {
        return "ghp_sandbox000000000000000000000000000000";
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    /** Adds a hook to the repository as a person does; returns its id. */
    public long addHook(String target, List<String> events, @Nullable String secret, boolean active) {
        return add(hooks, target, events, secret, active);
    }

    /** Adds a hook to the organization as a person does; returns its id. */
    public long addOrganizationHook(String target, List<String> events, @Nullable String secret, boolean active) {
        return add(organizationHooks, target, events, secret, active);
    }

    private long add(GithubHooks to, String target, List<String> events, @Nullable String secret, boolean active) {
        synchronized (lock) {
            GithubHook hook = to.create(target, events);
            hook.secret = secret;
            hook.active = active;
            return hook.id;
        }
    }

    /** Changes a hook as a person does, with the body of a PATCH; the secret stays unless the body names one. */
    public void changeHook(long id, JsonNode change) {
        synchronized (lock) {
            GithubHook hook = find(id);
            hook.mergeConfig(change.path("config"));
            if (hook.secret != null && hook.secret.isEmpty()) {
                hook.secret = null;
            }
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
            organizationHooks.all().remove(id);
        }
    }

    /** Lets an event happen in the repository: every active hook that subscribes to it gets a delivery. */
    public int deliver(String event, int status) {
        synchronized (lock) {
            List<GithubHook> receivers = all().filter(
                            hook -> hook.active && (hook.events.contains(event) || hook.events.contains("*")))
                    .toList();
            receivers.forEach(hook -> deliveries.send(hook, event, status));
            return receivers.size();
        }
    }

    /** Tries a hook out, as a person does. */
    public void ping(long id, int status) {
        synchronized (lock) {
            deliveries.send(find(id), "ping", status);
        }
    }

    /** Sends the newest delivery of a hook once more, as a person does. */
    public void redeliver(long id, int status) {
        synchronized (lock) {
            deliveries.sendAgain(find(id), status);
        }
    }

    /** What the receiver of this hook got last. */
    public Optional<GithubDelivery> lastDelivery(long id) {
        synchronized (lock) {
            List<GithubDelivery> all = find(id).deliveries;
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }
    }

    /** The secret that the server signs with and never shows. */
    public Optional<String> secretOf(long id) {
        synchronized (lock) {
            return Optional.ofNullable(find(id).secret);
        }
    }

    /** Those of the repository. */
    public List<Long> hookIds() {
        synchronized (lock) {
            return List.copyOf(hooks.all().keySet());
        }
    }

    public List<Long> organizationHookIds() {
        synchronized (lock) {
            return List.copyOf(organizationHooks.all().keySet());
        }
    }

    /** Turns requests away from now on. */
    public void limit(GithubLimit limit) {
        synchronized (lock) {
            allowance.limit(limit);
        }
    }

    private Stream<GithubHook> all() {
        return Stream.concat(hooks.all().values().stream(), organizationHooks.all().values().stream());
    }

    private GithubHook find(long id) {
        return all().filter(hook -> hook.id == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no hook " + id));
    }

    /** Each {@code webhook:ID} with what affects behaviour; what the server writes itself is under {@code bookkeeping}. */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            all().forEach(hook -> dump.set("webhook:" + hook.id, hook.dump()));
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
                authenticate(request);
                response = routes.answer(belowBase(request)).orElseThrow(GithubAnswers::notFound);
            } catch (Refused refused) {
                response = refused.response();
            } catch (tools.jackson.core.JacksonException e) {
                response = GithubAnswers.error(400, "Problems parsing JSON").response();
            }
            return allowance
                    .headers(response)
                    .with("X-GitHub-Request-Id", UUID.randomUUID().toString())
                    .with(
                            "Date",
                            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                    clock.instant().atOffset(ZoneOffset.UTC)))
                    .with("X-GitHub-Media-Type", "github.v3; format=json");
        }
    }

    private TwinRequest belowBase(TwinRequest request) {
        if (!request.path().startsWith(base + "/")) {
            throw GithubAnswers.notFound();
        }
        return new TwinRequest(
                request.method(),
                request.path().substring(base.length()),
                request.query(),
                request.headers(),
                request.body());
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
        allowance.take();
    }

    private TwinResponse repository() {
        String path = url() + "/repos/" + owner + "/" + repository;
        ObjectNode body = Json.object();
        body.put("id", 1_296_269).put("name", repository).put("full_name", owner + "/" + repository);
        body.put("private", true).put("url", path);
        body.put("archived", false).put("hooks_url", path + "/hooks");
        body.putObject("owner").put("login", owner).put("type", "Organization");
        body.putObject("permissions").put("admin", true).put("push", true).put("pull", true);
        return TwinResponse.json(200, body);
    }
}
