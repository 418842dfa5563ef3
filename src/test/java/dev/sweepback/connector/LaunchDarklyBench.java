package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.launchdarkly.LaunchDarklyFlags;
import dev.sweepback.sandbox.LaunchDarklyTwin;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Flags of LaunchDarkly's only project. */
final class LaunchDarklyBench implements TwinBench {

    private static final String KEY = "checkout-v2-rollout";

    private final LaunchDarklyTwin twin;
    private final LaunchDarklyFlags connector;

    LaunchDarklyBench(HttpClients http, Clock clock) {
        twin = LaunchDarklyTwin.start(clock);
        connector = new LaunchDarklyFlags(http, reference -> new Secret(twin.token()));
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Connection connection(Connection.Timeouts timeouts) {
        return connection(twin.project(), timeouts);
    }

    private Connection connection(String project, Connection.Timeouts timeouts) {
        return new Connection(
                "launchdarkly",
                "launchdarkly",
                "test",
                twin.url(),
                Map.of("project", project),
                Map.of("token", new SecretRef.Environment("TOKEN")),
                2,
                timeouts);
    }

    @Override
    public Connection unknownPlace() {
        return connection("nowhere", Connection.Timeouts.DEFAULT);
    }

    @Override
    public ResourceRef seed() {
        twin.addFlag("another", List.of());
        twin.addFlag(KEY, List.of("upgrade-dten", "a-team"));
        return new ResourceRef("flag", "launchdarkly", KEY);
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            twin.addFlag("many-" + index, List.of());
        }
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        twin.changeFlag(
                resource.id(),
                "/environments/production/on",
                JsonMapper.shared().getNodeFactory().booleanNode(false));
        return true;
    }

    @Override
    public ReadList reads() {
        return LaunchDarklyFlags.READS;
    }

    @Override
    public LaunchDarklyTwin twin() {
        return twin;
    }
}
