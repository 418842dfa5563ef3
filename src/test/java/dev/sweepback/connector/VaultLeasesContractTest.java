package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.vault.VaultLeases;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VaultLeasesContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new LeaseBench(http, clock);
    }

    @Override
    List<String> actions() {
        return List.of("revoke");
    }

    private static final class LeaseBench extends VaultBench {

        private final VaultLeases connector;

        LeaseBench(HttpClients http, Clock clock) {
            super(clock);
            connector =
                    new VaultLeases(http, ownToken(), clock, home(), name -> connection(Connection.Timeouts.DEFAULT));
        }

        @Override
        public Connector connector() {
            return connector;
        }

        @Override
        public Scope scope() {
            return new Scope(Map.of("prefix", "database/creds/dten-migrator"));
        }

        @Override
        public Optional<Scope> unknownScope() {
            return Optional.of(new Scope(Map.of("prefix", "datebase/creds/dten-migrator")));
        }

        @Override
        public ResourceRef seed() {
            twin.issueLease("dten-migrator");
            return new ResourceRef("lease", "vault", twin.issueLease("dten-migrator"));
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                twin.issueLease("dten-migrator");
            }
        }

        /** The new lease's id is known to whoever unwraps it alone: what is left of the old address is nothing. */
        @Override
        public boolean restored(String action, State before, State now) {
            return now.isAbsent();
        }

        /** Exactly as many leases of the path as before: no more, also after a lost answer. */
        @Override
        public JsonNode promised(String action, ObjectNode dump) {
            List<String> leases = dump.properties().stream()
                    .filter(entry -> entry.getKey().startsWith("lease:"))
                    .map(entry -> entry.getValue().path("path").asString() + " "
                            + entry.getValue().path("renewable"))
                    .toList();
            return JsonMapper.shared().valueToTree(leases);
        }
    }
}
