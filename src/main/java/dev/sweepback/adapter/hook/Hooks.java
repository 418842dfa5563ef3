package dev.sweepback.adapter.hook;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import dev.sweepback.connector.Use;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The hooks of one place, a repository or a group for example, as their system has them. */
public interface Hooks {

    String DISABLE = "disable";
    String REMOVE = "remove";

    /** A batch of reversals lists all hooks once, to see what was re-created before. */
    int UNDO_BATCH = 50;

    /** @param answeredAt the time by the system's own clock, to the second, if it told */
    record Listing(List<JsonNode> hooks, Optional<Instant> answeredAt) {}

    /** All of them. A place that does not exist, or that the token may not see, is an error. */
    Listing list();

    /** The hook; empty only if the place is visible and does not have it. */
    Optional<JsonNode> hook(String id);

    List<Resource> resources(List<JsonNode> hooks);

    Capture.Present capture(JsonNode hook);

    /** All that undo needs of a hook, and compares. */
    State state(JsonNode hook);

    /** What the system tells about use, as {@link dev.sweepback.connector.Reader#use}. */
    default List<Use> use(List<Resource> resources) {
        return resources.stream().map(Resource::use).toList();
    }

    /** What disabling makes of it. */
    State disabled(State before);

    /**
     * A hook that is gone delivers nothing, as one that is disabled; but it cannot be enabled again.
     */
    default Progress progress(Order order, State now) {
        State goal = order.action().equals(DISABLE) ? disabled(order.before()) : State.ABSENT;
        return now.isAbsent() ? Progress.DONE : ThreeWay.progress(order.before(), goal, now);
    }

    /** Whether a hook that undo created is as expected: what the system does not show is gone, and nothing else differs. */
    boolean isRecreated(State expected, State now);

    /** Whether a hook that is seen now stands where the one from before would be created. */
    boolean standsFor(State before, State now);

    /** Whether a hook that is seen now is as the reversal would have created it. */
    boolean isAsCreated(Reversal reversal, State now);

    /** @return the answer, also a 404; empty if nothing was left to do */
    Optional<Response> apply(Order order);

    /**
     * Brings a hook back that was disabled.
     *
     * @return the answer, also a 404
     */
    Response enable(String id, State before);

    /** Creates a hook again that was removed. */
    Response create(Reversal reversal);

    /** The system's name for people. */
    String system();

    /** What the hooks belong to, as the system calls it. */
    String place();

    Connection connection();

    default ConnectorException failure(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection().name(), what, remedy);
    }

    /** For a hook that is not as it was left. */
    default ConnectorException conflict(Task task, String what) {
        return failure(
                Kind.CONFLICT,
                "hook " + task.resource().id() + " " + what + "; it was left alone",
                "look at the webhooks of the " + place() + " and decide by hand");
    }

    default ResourceRef ref(JsonNode hook) {
        return new ResourceRef("webhook", connection().name(), id(hook));
    }

    static String id(JsonNode hook) {
        return hook.path("id").asString();
    }

    static Instant createdAt(JsonNode hook) {
        return Instant.parse(hook.path("created_at").asString());
    }
}
