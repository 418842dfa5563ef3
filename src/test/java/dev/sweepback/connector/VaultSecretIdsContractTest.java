package dev.sweepback.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.vault.VaultSecretIds;
import dev.sweepback.sandbox.SecretId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VaultSecretIdsContractTest {

    /** Undo issues another one, and leaves it at the hand-over. */
    @Nested
    class IssuedAgain extends Contract {
        @Override
        TwinBench open(HttpClients http, Clock clock) {
            return new SecretIdBench(http, clock, Optional.empty());
        }
    }

    /** Undo gives the role the old value back, to which the step refers. */
    @Nested
    class PutBackByItsValue extends Contract {
        @Override
        TwinBench open(HttpClients http, Clock clock) {
            return new SecretIdBench(http, clock, Optional.of(SecretIdBench.OLD_VALUE));
        }
    }

    abstract static class Contract extends ConnectorContract {
        @Override
        List<String> actions() {
            return List.of("revoke");
        }
    }

    private static final class SecretIdBench extends VaultBench {

        static final SecretRef OLD_VALUE = new SecretRef.Environment("OLD_SECRET_ID");

        private static final String ROLE = "dten-migrator";
        private static final Scope SCOPE = new Scope(Map.of("role", ROLE));

        /** What an issuer cannot choose, and by what the new one is found. */
        private static final Set<String> DIFFERS = Set.of(
                "/accessor", "/creation_time", "/expiration_time", "/num_uses", "/ttl", "/metadata/sweepback_op");

        private final VaultSecretIds connector;
        private final Optional<SecretRef> oldValue;
        private final List<SecretId> seeded = new ArrayList<>();

        SecretIdBench(HttpClients http, Clock clock, Optional<SecretRef> oldValue) {
            super(clock);
            this.oldValue = oldValue;
            twin.appRoles().role(ROLE, List.of("dten"));
            twin.appRoles().role("another", List.of("dten"));
            connector = new VaultSecretIds(
                    http, this::resolve, clock, home(), name -> connection(Connection.Timeouts.DEFAULT), List::of);
        }

        private Secret resolve(SecretRef reference) {
            return reference.equals(OLD_VALUE)
                    ? new Secret(seeded.get(0).id())
                    : ownToken().resolve(reference);
        }

        @Override
        public Connector connector() {
            return connector;
        }

        @Override
        public Scope scope() {
            return SCOPE;
        }

        @Override
        public Optional<Scope> unknownScope() {
            return Optional.of(new Scope(Map.of("role", "nobody")));
        }

        @Override
        public Instructions instructions() {
            return new Instructions(SCOPE, handover(), oldValue, false);
        }

        @Override
        public ResourceRef seed() {
            twin.appRoles().addSecretId("another", Map.of());
            twin.appRoles().addSecretId(ROLE, Map.of());
            seeded.add(twin.appRoles().addSecretId(ROLE, Map.of("upgrade", "2", "who", "the \"migrator\"")));
            return new ResourceRef(
                    "secret-id",
                    "vault",
                    "approle/" + ROLE + "/" + seeded.get(0).accessor());
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                twin.appRoles().addSecretId(ROLE, Map.of("number", Integer.toString(index)));
            }
        }

        @Override
        public ReadList reads() {
            return VaultSecretIds.reads("approle");
        }

        @Override
        public List<String> secrets() {
            List<String> secrets = new ArrayList<>(super.secrets());
            seeded.forEach(secretId -> secrets.add(secretId.id()));
            return secrets;
        }

        @Override
        public boolean restored(String action, State before, State now) {
            assertThat(before.differences(now)).contains("/accessor", "/metadata/sweepback_op");
            return DIFFERS.containsAll(before.differences(now));
        }

        /** The same secret-ids but for what Vault chooses; never one more, also after a lost answer. */
        @Override
        public JsonNode promised(String action, ObjectNode dump) {
            List<String> seen = new ArrayList<>();
            for (Map.Entry<String, JsonNode> entry : dump.properties()) {
                if (entry.getKey().startsWith("secret-id:")) {
                    TreeMap<String, JsonNode> metadata = new TreeMap<>();
                    entry.getValue()
                            .path("metadata")
                            .properties()
                            .forEach(note -> metadata.put(note.getKey(), note.getValue()));
                    metadata.remove("sweepback_op");
                    seen.add(entry.getValue().path("role") + " " + metadata);
                }
            }
            return JsonMapper.shared().valueToTree(seen.stream().sorted().toList());
        }
    }
}
