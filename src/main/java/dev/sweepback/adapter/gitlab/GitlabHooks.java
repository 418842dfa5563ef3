package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.hook.Hooks;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hooks of a project or group, as GitLab has them. */
final class GitlabHooks implements Hooks {

    private final Connection connection;
    private final GitlabApi api;
    private final HookResources resources;
    private final Secrets secrets;

    GitlabHooks(Connection connection, GitlabApi api, HookResources resources, Secrets secrets) {
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
        return resources.resources(hooks);
    }

    @Override
    public Capture.Present capture(JsonNode hook) {
        return resources.capture(hook);
    }

    @Override
    public State state(JsonNode hook) {
        return HookState.of(hook);
    }

    @Override
    public State disabled(State before) {
        return HookState.disabled(before);
    }

    @Override
    public boolean isRecreated(State expected, State now) {
        return HookState.isRecreated(expected, now);
    }

    @Override
    public boolean standsFor(State before, State now) {
        return HookState.standsFor(before, now);
    }

    @Override
    public boolean isAsCreated(Reversal reversal, State now) {
        return HookState.isAsCreated(reversal.before(), now);
    }

    /**
     * A hook is read right before it is changed: an address that somebody changed meanwhile would be written over, and the token
     * lost with it.
     */
    @Override
    public Optional<Response> apply(Order order) {
        String id = order.resource().id();
        State now = api.hook(id).map(HookState::of).orElse(State.ABSENT);
        return switch (progress(order, now)) {
            case DONE -> Optional.empty();
            case NOT_BEGUN ->
                Optional.of(order.action().equals(DISABLE) ? change(id, disabled(order.before())) : remove(order));
            default -> throw conflict(order, "was changed meanwhile");
        };
    }

    private Response change(String id, State goal) {
        return api.change(id, HookState.change(goal));
    }

    private Response remove(Order order) {
        String id = order.resource().id();
        if (HookState.needsVariables(order.before())) {
            throw api.failure(
                    Kind.REJECTED,
                    "hook " + id + " has url variables, without which it could not be created again; it was left alone",
                    "disable it, or remove it by hand");
        }
        return api.remove(id);
    }

    @Override
    public Response enable(String id, State before) {
        return change(id, before);
    }

    @Override
    public Response create(Reversal reversal) {
        ObjectNode body = HookState.creation(reversal.before());
        // resolved for this one request, and kept nowhere
        reversal.instructions()
                .secretRef()
                .ifPresent(reference ->
                        body.put("token", secrets.resolve(reference).reveal()));
        return api.create(body);
    }

    @Override
    public String system() {
        return "GitLab";
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
