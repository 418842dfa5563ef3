package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.unleash.UnleashWebhooks;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.UnleashTwin;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks on the twin of Unleash, with what it hides in a secret of the step. */
final class UnleashWebhooksBench implements TwinBench {

    private static final String TARGET = "https://dten.example.com/hook?k=k9-credential";
    private static final String AUTHORIZATION = "Bearer b7-credential";
    private static final SecretRef TOKEN = new SecretRef.Environment("UNLEASH_TOKEN");
    private static final SecretRef HIDDEN = new SecretRef.Environment("HIDDEN");

    private final Sandbox sandbox;
    private final UnleashTwin twin;
    private final UnleashWebhooks connector;
    private final boolean enabled;
    private String id = "";

    UnleashWebhooksBench(HttpClients http, Clock clock, boolean enabled) {
        this.enabled = enabled;
        sandbox = Sandbox.start(clock);
        twin = sandbox.unleash();
        connector =
                new UnleashWebhooks(http, this::secret, clock, new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    private Secret secret(SecretRef reference) {
        if (!reference.equals(HIDDEN)) {
            return new Secret(twin.token());
        }
        ObjectNode hidden = JsonMapper.shared().createObjectNode();
        hidden.putObject(id).put("url", TARGET).put("authorization", AUTHORIZATION);
        return new Secret(hidden.toString());
    }

    static ObjectNode webhook(String url, String description) {
        ObjectNode webhook = JsonMapper.shared().createObjectNode();
        webhook.put("provider", "webhook").put("description", description).put("enabled", true);
        webhook.putObject("parameters")
                .put("url", url)
                .put("authorization", AUTHORIZATION)
                .put("contentType", "application/json");
        webhook.putArray("events").add("feature-archived").add("feature-revived");
        webhook.putArray("projects").add("default");
        webhook.putArray("environments").add("production");
        return webhook;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Connection connection(Connection.Timeouts timeouts) {
        return connection(TOKEN, "", timeouts);
    }

    private Connection connection(SecretRef token, String path, Connection.Timeouts timeouts) {
        return new Connection(
                "unleash",
                "unleash",
                "test",
                twin.url().resolve(path),
                Map.of("project", "default"),
                Map.of("token", token),
                2,
                timeouts);
    }

    /** Webhooks are in no project: what is not there can only be the whole server. */
    @Override
    public Connection unknownPlace() {
        return connection(TOKEN, "/elsewhere", Connection.Timeouts.DEFAULT);
    }

    @Override
    public Set<ConnectorException.Kind> kindsOfUnknownPlace() {
        return Set.of(ConnectorException.Kind.NOT_FOUND);
    }

    @Override
    public Instructions instructions() {
        return new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(HIDDEN), false);
    }

    /** With one beside it that looks the same. */
    @Override
    public ResourceRef seed() {
        twin.addAddon(webhook("https://other.example.com/hook", "another"));
        id = Integer.toString(twin.addAddon(webhook(TARGET, "upgrade hook")));
        int alike = twin.addAddon(webhook("https://dten.example.com/alike", "upgrade hook"));
        if (!enabled) {
            twin.setAddonEnabled(Integer.parseInt(id), false);
            twin.setAddonEnabled(alike, false);
        }
        return new ResourceRef("webhook", "unleash", id);
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            twin.addAddon(webhook("https://many.example.com/" + index, "one of many"));
        }
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        if (action.equals("remove")) {
            twin.addAddon(webhook(TARGET, "upgrade hook"));
        } else {
            twin.changeAddon(
                    Integer.parseInt(resource.id()),
                    JsonMapper.shared().createObjectNode().put("description", "kept after all"));
        }
        return true;
    }

    /** A removed webhook comes back with another id, created anew. */
    @Override
    public JsonNode promised(String action, ObjectNode dump) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode entry : dump) {
            ObjectNode one = (ObjectNode) entry;
            one.remove(action.equals("remove") ? List.of("bookkeeping", "id", "createdAt") : List.of("bookkeeping"));
            all.add(one);
        }
        all.sort(Comparator.comparing(JsonNode::toString));
        return action.equals("remove") ? JsonMapper.shared().valueToTree(all) : dump;
    }

    @Override
    public ReadList reads() {
        return UnleashWebhooks.READS;
    }

    @Override
    public UnleashTwin twin() {
        return twin;
    }

    @Override
    public List<String> secrets() {
        return List.of(twin.token(), TARGET, "k9-credential", "b7-credential");
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
