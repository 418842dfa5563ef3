package dev.sweepback.connector;

import dev.sweepback.adapter.github.GithubWebhooks;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.sandbox.GithubTwin;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hooks of a repository or of an organization, on github.com or on an own server. */
final class GithubBench implements TwinBench {

    /** What the hooks belong to. */
    enum Owner {
        REPOSITORY,
        ORGANIZATION
    }

    private static final String TARGET = "https://dten.example.com/v2/hook/k9-credential";
    private static final String SECRET = "its-hook-secret";

    private static final SecretRef SECRET_REF = new SecretRef.Environment("HOOK_SECRET");

    private final GithubTwin twin;
    private final Owner owner;
    private final Instructions instructions;
    private final GithubWebhooks connector;

    /**
     * @param twin is closed with this
     * @param signs whether the step names the hook's secret
     */
    GithubBench(GithubTwin twin, Owner owner, boolean signs, HttpClients http, Clock clock) {
        this.twin = twin;
        this.owner = owner;
        this.instructions = signs
                ? new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(SECRET_REF), false)
                : Instructions.NONE;
        connector = new GithubWebhooks(
                http,
                reference -> new Secret(reference.equals(SECRET_REF) ? SECRET : twin.token()),
                clock,
                new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Connection connection(Connection.Timeouts timeouts) {
        return owner == Owner.REPOSITORY
                ? connection("repository", twin.owner() + "/" + twin.repositoryName(), timeouts)
                : connection("organization", twin.owner(), timeouts);
    }

    private Connection connection(String key, String name, Connection.Timeouts timeouts) {
        return new Connection(
                "github",
                "github",
                "test",
                twin.url(),
                Map.of(key, name),
                Map.of("token", new SecretRef.Environment("GITHUB_TOKEN")),
                2,
                timeouts);
    }

    @Override
    public Connection unknownPlace() {
        return owner == Owner.REPOSITORY
                ? connection("repository", "acme/nowhere", Connection.Timeouts.DEFAULT)
                : connection("organization", "nobody", Connection.Timeouts.DEFAULT);
    }

    @Override
    public ResourceRef seed() {
        add("https://other.example.com/hook", List.of("push"), null, true);
        long id = add(TARGET, List.of("release", "push"), SECRET, true);
        twin.deliver("push", 200);
        return new ResourceRef("webhook", "github", Long.toString(id));
    }

    private long add(String target, List<String> events, @Nullable String secret, boolean active) {
        return owner == Owner.REPOSITORY
                ? twin.addHook(target, events, secret, active)
                : twin.addOrganizationHook(target, events, secret, active);
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            add("https://many.example.com/" + index, List.of("push"), null, true);
        }
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        if (action.equals("remove")) {
            add(TARGET, List.of("release", "push"), null, false);
        } else {
            ObjectNode change = JsonMapper.shared().createObjectNode();
            change.putArray("events").add("push");
            twin.changeHook(Long.parseLong(resource.id()), change);
        }
        return true;
    }

    @Override
    public Instructions instructions() {
        return instructions;
    }

    private boolean losesTheSecret(String action) {
        return action.equals("remove") && instructions.secretRef().isEmpty();
    }

    @Override
    public boolean restored(String action, State before, State now) {
        return losesTheSecret(action) ? before.differences(now).equals(List.of("/signed")) : now.sameAs(before);
    }

    /** A removed hook comes back without its id and time of creation, and without its secret unless the step names it. */
    @Override
    public JsonNode promised(String action, ObjectNode dump) {
        List<JsonNode> hooks = new ArrayList<>();
        for (JsonNode entry : dump) {
            ObjectNode hook = (ObjectNode) entry;
            hook.remove("bookkeeping");
            if (action.equals("remove")) {
                hook.remove("created_at");
            }
            if (losesTheSecret(action)) {
                hook.withObject("/config").remove("secret_fingerprint");
            }
            hooks.add(hook);
        }
        return action.equals("remove") ? JsonMapper.shared().valueToTree(hooks) : dump;
    }

    @Override
    public ReadList reads() {
        return GithubWebhooks.READS;
    }

    @Override
    public GithubTwin twin() {
        return twin;
    }

    @Override
    public List<String> secrets() {
        return List.of(twin.token(), TARGET, "k9-credential", SECRET);
    }
}
