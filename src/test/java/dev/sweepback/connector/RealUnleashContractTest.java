package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.unleash.RealFlags;
import dev.sweepback.adapter.unleash.RealUnleash;
import dev.sweepback.adapter.unleash.RealUnleashServer;
import dev.sweepback.adapter.unleash.UnleashFlags;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("real")
@ExtendWith(RealUnleashServer.class)
class RealUnleashContractTest extends ConnectorEssentials {

    private final RealUnleash unleash;

    RealUnleashContractTest(RealUnleash unleash) {
        this.unleash = unleash;
    }

    @Override
    Bench open(HttpClients http, Clock clock) {
        return new RealBench(unleash, http);
    }

    @Override
    List<String> actions() {
        return List.of("archive", "stale", "disable", "remove");
    }

    @Override
    Pause pause(Pause onClock) {
        return Pause.REAL;
    }

    private static final class RealBench implements Bench {

        private final RealUnleash unleash;
        private final RealFlags flags;
        private final UnleashFlags connector;

        RealBench(RealUnleash unleash, HttpClients http) {
            this.unleash = unleash;
            this.flags = new RealFlags(unleash);
            this.connector = new UnleashFlags(http, reference -> new Secret(unleash.token()));
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
            return flags.connection("nowhere", Connection.Timeouts.DEFAULT);
        }

        @Override
        public ResourceRef seed() {
            return new ResourceRef("flag", "unleash", flags.addRich("rich", flags.add("parent")));
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                flags.add("many-%04d".formatted(index));
            }
        }

        @Override
        public Optional<Scope> unknownScope() {
            return Optional.of(new Scope(Map.of("environment", "nowhere")));
        }

        @Override
        public boolean changeByHand(String action, ResourceRef resource) {
            switch (action) {
                case "archive" -> flags.revive(resource.id());
                case "remove" -> flags.add("rich");
                default -> {}
            }
            flags.describe(resource.id(), "kept after all");
            return true;
        }

        @Override
        public boolean restored(String action, State before, State now) {
            return action.equals("remove") ? FlagDumps.differsInIdsAlone(before, now) : now.sameAs(before);
        }

        @Override
        public JsonNode promised(String action, ObjectNode dump) {
            return action.equals("remove") ? FlagDumps.withoutIds(dump) : dump;
        }

        @Override
        public ReadList reads() {
            return UnleashFlags.READS;
        }

        @Override
        public ObjectNode dump() {
            return flags.dump();
        }

        @Override
        public long changes() {
            return flags.events();
        }

        @Override
        public List<String> secrets() {
            return List.of(unleash.token());
        }

        @Override
        public void close() {
            // the server is shared; flags of other tests have other names
        }
    }
}
