package dev.sweepback.adapter.github;

import dev.sweepback.adapter.hook.Hooks;
import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hooks of a repository or organization, as GitHub has them. */
final class GithubHooks implements Hooks {

    private final Connection connection;
    private final GithubApi api;
    private final HookResources resources;
    private final Secrets secrets;

    GithubHooks(Connection connection, GithubApi api, HookResources resources, Secrets secrets) {
        this.connection = connection;
        this.api = api;
        this.resources = resources;
        this.secrets = secrets;
    }

    @Override
    public Listing list() {
        return api.list();
    }

    @Override
    public Optional<JsonNode> hook(String id) {
        return api.hook(id);
    }

    @Override
    public List<Resource> resources(List<JsonNode> hooks) {
        return hooks.stream().map(resources::resource).toList();
    }

    @Override
    public Capture.Present capture(JsonNode hook) {
        return resources.capture(hook);
    }

    @Override
    public State state(JsonNode hook) {
        return HookState.of(hook);
    }

    /** One request for each hook, seldom more. One that is gone meanwhile must not keep the others from being told. */
    @Override
    public List<Use> use(List<Resource> hooks) {
        HookUse use = new HookUse(api);
        return InParallel.map(connection.concurrency(), hooks, hook -> {
            try {
                return use.of(hook.ref().id());
            } catch (ConnectorException e) {
                if (e.kind() == Kind.NOT_FOUND && hook(hook.ref().id()).isEmpty()) {
                    return new Use.Unknown();
                }
                throw e;
            }
        });
    }

    @Override
    public State disabled(State before) {
        return HookState.withActive(before, false);
    }

    @Override
    public boolean isRecreated(State expected, State now) {
        return HookState.isRecreated(expected, now);
    }

    /** GitHub would not let one stand beside the other. */
    @Override
    public boolean standsFor(State before, State now) {
        return HookState.naturalKey(before).equals(HookState.naturalKey(now));
    }

    @Override
    public boolean isAsCreated(Reversal reversal, State now) {
        return HookState.isAsCreated(reversal, now);
    }

    @Override
    public Optional<Response> apply(Order order) {
        String id = order.resource().id();
        return Optional.of(order.action().equals(DISABLE) ? api.setActive(id, false) : api.remove(id));
    }

    @Override
    public Response enable(String id, State before) {
        return api.setActive(id, HookState.isActive(before));
    }

    @Override
    public Response create(Reversal reversal) {
        ObjectNode body = HookState.creation(reversal.before());
        // resolved for this one request, and kept nowhere
        HookState.secretOf(reversal)
                .ifPresent(reference -> body.withObject("config")
                        .put("secret", secrets.resolve(reference).reveal()));
        return api.create(body);
    }

    @Override
    public String system() {
        return "GitHub";
    }

    @Override
    public String place() {
        return api.owner().noun();
    }

    @Override
    public Connection connection() {
        return connection;
    }
}
