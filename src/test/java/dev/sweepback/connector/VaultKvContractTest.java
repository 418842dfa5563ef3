package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.vault.VaultKv;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import tools.jackson.databind.node.ObjectNode;

class VaultKvContractTest {

    @Nested
    class Version2 extends Contract {
        @Override
        TwinBench open(HttpClients http, Clock clock) {
            return new KvBench(http, clock, "secret", true);
        }
    }

    @Nested
    class Version1 extends Contract {
        @Override
        TwinBench open(HttpClients http, Clock clock) {
            return new KvBench(http, clock, "kv1", false);
        }
    }

    abstract static class Contract extends ConnectorContract {
        @Override
        List<String> actions() {
            return List.of("remove");
        }
    }

    private static final class KvBench extends VaultBench {

        private static final String KEY = "up/db/dten migrator+100%#?";
        private static final String VALUE = "hunter2";

        private final VaultKv connector;
        private final String mount;
        private final boolean versioned;

        KvBench(HttpClients http, Clock clock, String mount, boolean versioned) {
            super(clock);
            this.mount = mount;
            this.versioned = versioned;
            connector = new VaultKv(
                    http,
                    ownToken(),
                    clock,
                    new Redaction("a key".getBytes(StandardCharsets.UTF_8)),
                    home(),
                    name -> connection(Connection.Timeouts.DEFAULT),
                    List::of);
        }

        @Override
        public Connector connector() {
            return connector;
        }

        @Override
        public Scope scope() {
            return new Scope(Map.of("path", mount + "/up"));
        }

        @Override
        public Optional<Scope> unknownScope() {
            return Optional.of(new Scope(Map.of("path", "sekret/up")));
        }

        /** With one version that was destroyed, one that was deleted, and two that are live. */
        @Override
        public ResourceRef seed() {
            write("other/" + KEY);
            write("up/db/beside");
            write(KEY);
            if (versioned) {
                write(KEY);
                write(KEY);
                write(KEY);
                String path = KEY.replace("%", "%25")
                        .replace(" ", "%20")
                        .replace("#", "%23")
                        .replace("?", "%3F")
                        .replace("+", "%2B");
                byHand("POST", "secret/destroy/" + path, "{'versions':[1]}");
                byHand("POST", "secret/delete/" + path, "{'versions':[3]}");
            }
            return new ResourceRef("kv", "vault", mount + "/" + KEY);
        }

        private void write(String key) {
            if (versioned) {
                twin.writeSecret(key, json("{'password':'" + VALUE + "'}"));
            } else {
                twin.writeSecretV1(
                        key, (ObjectNode) json("{'password':'" + VALUE + "','big':12345678901234567890,'ttl':'30m'}"));
            }
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                write("up/" + index % 7 + "/many-" + index);
            }
        }

        @Override
        public boolean changeByHand(String action, ResourceRef resource) {
            write(KEY);
            if (!versioned) {
                twin.writeSecretV1(KEY, (ObjectNode) json("{'password':'another'}"));
            }
            return true;
        }

        @Override
        public ReadList reads() {
            return VaultKv.reads(mount, versioned);
        }

        @Override
        public List<String> secrets() {
            List<String> secrets = new ArrayList<>(super.secrets());
            secrets.add(VALUE);
            return secrets;
        }
    }
}
