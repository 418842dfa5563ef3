package dev.sweepback.connector;

import dev.sweepback.adapter.github.GithubWebhooks;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.GithubTwin;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class GithubWebhooksContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new GithubBench(http, clock);
    }

    @Override
    List<String> actions() {
        return List.of("disable", "remove");
    }

    private static final class GithubBench implements TwinBench {

        private static final String TARGET = "https://dten.example.com/v2/hook/k9-credential";

        private final Sandbox sandbox;
        private final GithubTwin twin;
        private final GithubWebhooks connector;

        GithubBench(HttpClients http, Clock clock) {
            sandbox = Sandbox.start(clock);
            twin = sandbox.github();
            connector = new GithubWebhooks(
                    http,
                    reference -> new Secret(twin.token()),
                    clock,
                    new Redaction("key".getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public Connector connector() {
            return connector;
        }

        @Override
        public Connection connection(Connection.Timeouts timeouts) {
            return connection(twin.owner() + "/" + twin.repositoryName(), timeouts);
        }

        private Connection connection(String repository, Connection.Timeouts timeouts) {
            return new Connection(
                    "github",
                    "github",
                    "test",
                    twin.url(),
                    Map.of("repository", repository),
                    Map.of("token", new SecretRef.Environment("GITHUB_TOKEN")),
                    2,
                    timeouts);
        }

        @Override
        public Connection unknownPlace() {
            return connection("acme/nowhere", Connection.Timeouts.DEFAULT);
        }

        @Override
        public ResourceRef seed() {
            twin.addHook("https://other.example.com/hook", List.of("push"), null, true);
            long id = twin.addHook(TARGET, List.of("release", "push"), "a-secret", true);
            twin.deliver("push", 200);
            return new ResourceRef("webhook", "github", Long.toString(id));
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                twin.addHook("https://many.example.com/" + index, List.of("push"), null, true);
            }
        }

        @Override
        public boolean changeByHand(String action, ResourceRef resource) {
            if (action.equals("remove")) {
                twin.addHook(TARGET, List.of("release", "push"), null, false);
            } else {
                ObjectNode change = JsonMapper.shared().createObjectNode();
                change.putArray("events").add("push");
                twin.changeHook(Long.parseLong(resource.id()), change);
            }
            return true;
        }

        @Override
        public boolean restored(String action, State before, State now) {
            return action.equals("remove") ? before.differences(now).equals(List.of("/signed")) : now.sameAs(before);
        }

        /** A removed hook comes back without its id, its time of creation and its secret. */
        @Override
        public JsonNode promised(String action, ObjectNode dump) {
            List<JsonNode> hooks = new ArrayList<>();
            for (JsonNode entry : dump) {
                ObjectNode hook = (ObjectNode) entry;
                hook.remove("bookkeeping");
                if (action.equals("remove")) {
                    hook.remove("created_at");
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
        public ObjectNode dump() {
            return twin.dump();
        }

        @Override
        public Faults faults() {
            return twin.faults();
        }

        @Override
        public Traffic traffic() {
            return twin.traffic();
        }

        @Override
        public List<String> secrets() {
            return List.of(twin.token(), TARGET, "k9-credential");
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
