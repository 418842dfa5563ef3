package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.unleash.RealFlags;
import dev.sweepback.adapter.unleash.RealUnleash;
import dev.sweepback.adapter.unleash.UnleashWebhooks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks in a real Unleash, subscribed to what no test lets happen. Each bench has its own description. */
final class RealWebhooksBench implements Bench {

    private static final String ADDONS = "/api/admin/addons";
    private static final String TARGET = "http://127.0.0.1:9/hook?k=k9-credential";
    private static final SecretRef HIDDEN = new SecretRef.Environment("HIDDEN");

    private final String description = "w" + UUID.randomUUID();
    private final RealUnleash unleash;
    private final RealFlags flags;
    private final UnleashWebhooks connector;
    private final boolean enabled;
    private String id = "";

    RealWebhooksBench(RealUnleash unleash, HttpClients http, Clock clock, boolean enabled) {
        this.unleash = unleash;
        this.flags = new RealFlags(unleash);
        this.enabled = enabled;
        this.connector =
                new UnleashWebhooks(http, this::secret, clock, new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    private Secret secret(SecretRef reference) {
        return new Secret(
                reference.equals(HIDDEN)
                        ? "{\"%s\": {\"url\": \"%s\", \"authorization\": \"b7\"}}".formatted(id, TARGET)
                        : unleash.token());
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Connection connection(Connection.Timeouts timeouts) {
        return flags.connection("default", timeouts);
    }

    @Override
    public Connection unknownPlace() {
        return new Connection(
                "unleash",
                "unleash",
                "test",
                unleash.url().resolve("/elsewhere"),
                Map.of("project", "default"),
                Map.of("token", new SecretRef.Environment("UNLEASH_TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
    }

    /** Elsewhere the server shows its page for people. */
    @Override
    public Set<ConnectorException.Kind> kindsOfUnknownPlace() {
        return Set.of(ConnectorException.Kind.MALFORMED);
    }

    @Override
    public Instructions instructions() {
        return new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(HIDDEN), false);
    }

    @Override
    public ResourceRef seed() {
        id = add(description, enabled);
        return new ResourceRef("webhook", "unleash", id);
    }

    private String add(String text, boolean on) {
        String json = "{'provider':'webhook','description':'%s','enabled':%s,'events':['feature-potentially-stale-on'],"
                + "'projects':['default'],'environments':['production'],"
                + "'parameters':{'url':'%s','authorization':'b7','contentType':'application/json'}}";
        return unleash.post(ADDONS, json.formatted(text, on, TARGET)).path("id").asString();
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            add("many", false);
        }
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        if (action.equals("remove")) {
            add(description, true);
        } else {
            String json = "{'provider':'webhook','description':'%s','enabled':false,"
                    + "'events':['feature-potentially-stale-off'],'parameters':{'url':'*****'}}";
            unleash.call("PUT", ADDONS + "/" + resource.id(), json.formatted(description));
        }
        return true;
    }

    @Override
    public JsonNode promised(String action, ObjectNode dump) {
        if (!action.equals("remove")) {
            return dump;
        }
        List<JsonNode> all = dump.valueStream()
                .map(webhook -> ((ObjectNode) webhook).without(List.of("id", "createdAt")))
                .map(JsonNode.class::cast)
                .toList();
        return JsonMapper.shared().valueToTree(all);
    }

    @Override
    public ReadList reads() {
        return UnleashWebhooks.READS;
    }

    @Override
    public ObjectNode dump() {
        ObjectNode dump = JsonMapper.shared().createObjectNode();
        for (JsonNode addon : unleash.get(ADDONS).path("addons")) {
            if (addon.path("description").asString("").equals(description)) {
                dump.set(addon.path("id").asString(), addon);
            }
        }
        return dump;
    }

    @Override
    public long changes() {
        return flags.events();
    }

    @Override
    public List<String> secrets() {
        return List.of(unleash.token(), TARGET, "k9-credential");
    }

    @Override
    public void close() {
        // the server is shared; webhooks of other tests have other descriptions
    }
}
