package dev.sweepback.connector;

import dev.sweepback.adapter.gitlab.GitlabWebhooks;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.sandbox.GitlabTwin;
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

/** Hooks of a project or of a group. */
final class GitlabBench implements TwinBench {

    /** What the hooks belong to. */
    enum Owner {
        PROJECT,
        GROUP
    }

    private static final String TARGET = "https://dten.example.com/v2/hook/k9-credential";
    private static final List<String> EVENTS = List.of("releases_events", "merge_requests_events");
    private static final String HOOK_TOKEN = "its-hook-token";
    private static final String HEADER = "its-header-value";
    private static final SecretRef SECRET_REF = new SecretRef.Environment("HOOK_TOKEN");

    private final GitlabTwin twin;
    private final Owner owner;
    private final Instructions instructions;
    private final GitlabWebhooks connector;

    /** @param namesTheToken whether the step names the hook's token */
    GitlabBench(Owner owner, boolean namesTheToken, HttpClients http, Clock clock) {
        this.twin = GitlabTwin.start(clock);
        this.owner = owner;
        this.instructions = namesTheToken
                ? new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(SECRET_REF), false)
                : Instructions.NONE;
        connector = new GitlabWebhooks(
                http,
                reference -> new Secret(reference.equals(SECRET_REF) ? HOOK_TOKEN : twin.token()),
                clock,
                new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Connection connection(Connection.Timeouts timeouts) {
        return owner == Owner.PROJECT
                ? connection("project", twin.project(), timeouts)
                : connection("group", twin.group(), timeouts);
    }

    private Connection connection(String key, String name, Connection.Timeouts timeouts) {
        return new Connection(
                "gitlab",
                "gitlab",
                "test",
                twin.url(),
                Map.of(key, name),
                Map.of("token", new SecretRef.Environment("GITLAB_TOKEN")),
                2,
                timeouts);
    }

    @Override
    public Connection unknownPlace() {
        return connection(owner == Owner.PROJECT ? "project" : "group", "acme/nowhere", Connection.Timeouts.DEFAULT);
    }

    @Override
    public ResourceRef seed() {
        add("https://other.example.com/hook", List.of("push_events"), null);
        long id = add(TARGET, EVENTS, HOOK_TOKEN);
        twin.setHeader(id, "Authorization", HEADER);
        ObjectNode settings = JsonMapper.shared().createObjectNode();
        settings.put("description", "the receiver of the old version").put("enable_ssl_verification", false);
        settings.put("push_events_branch_filter", "release-*");
        settings.put("custom_webhook_template", "{\"event\":\"{{object_kind}}\"}");
        twin.changeHook(id, settings);
        return new ResourceRef("webhook", "gitlab", Long.toString(id));
    }

    private long add(String url, List<String> events, @Nullable String token) {
        return owner == Owner.PROJECT ? twin.addProjectHook(url, events, token) : twin.addGroupHook(url, events, token);
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            add("https://many.example.com/" + index, List.of("push_events"), null);
        }
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        ObjectNode change = JsonMapper.shared().createObjectNode();
        change.put("enable_ssl_verification", true).put("description", "somebody's");
        twin.changeHook(action.equals("remove") ? add(TARGET, EVENTS, null) : Long.parseLong(resource.id()), change);
        return true;
    }

    @Override
    public Instructions instructions() {
        return instructions;
    }

    @Override
    public boolean restored(String action, State before, State now) {
        return action.equals("remove")
                ? before.differences(now).equals(List.of("/custom_headers"))
                : now.sameAs(before);
    }

    /** A removed hook comes back without its id, time of creation and headers, and without its token unless the step names it. */
    @Override
    public JsonNode promised(String action, ObjectNode dump) {
        List<JsonNode> hooks = new ArrayList<>();
        for (JsonNode entry : dump) {
            ObjectNode hook = (ObjectNode) entry;
            hook.remove("bookkeeping");
            if (action.equals("remove")) {
                hook.remove(List.of("created_at", "custom_headers", "headers_fingerprint"));
            }
            if (action.equals("remove") && instructions.secretRef().isEmpty()) {
                hook.remove("token_fingerprint");
            }
            hooks.add(hook);
        }
        return action.equals("remove") ? JsonMapper.shared().valueToTree(hooks) : dump;
    }

    @Override
    public ReadList reads() {
        return GitlabWebhooks.READS;
    }

    @Override
    public GitlabTwin twin() {
        return twin;
    }

    @Override
    public List<String> secrets() {
        return List.of(twin.token(), TARGET, "k9-credential", HOOK_TOKEN, HEADER);
    }
}
