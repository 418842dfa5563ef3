package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.vault.VaultTokens;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VaultTokensContractTest extends ConnectorContract {

    private static final Set<String> DIFFERS =
            Set.of("/accessor", "/creation_ttl", "/issue_time", "/meta/sweepback_op", "/path");

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new TokenBench(http, clock);
    }

    @Override
    List<String> actions() {
        return List.of("revoke");
    }

    private static final class TokenBench extends VaultBench {

        private final VaultTokens connector;

        TokenBench(HttpClients http, Clock clock) {
            super(clock);
            connector = new VaultTokens(
                    http, ownToken(), clock, home(), name -> connection(Connection.Timeouts.DEFAULT), List::of);
        }

        @Override
        public Connector connector() {
            return connector;
        }

        @Override
        public ResourceRef seed() {
            token("");
            return new ResourceRef(
                    "token",
                    "vault",
                    token(",'display_name':'dten','meta':{'upgrade':'2'},'num_uses':7,'explicit_max_ttl':'8h'"));
        }

        private String token(String more) {
            return twin.createToken(json("{'policies':['dten'],'no_parent':true,'ttl':'4h'" + more + "}"))
                    .accessor();
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                token("");
            }
        }

        @Override
        public boolean restored(String action, State before, State now) {
            return DIFFERS.containsAll(before.differences(now));
        }

        /** The same tokens but for value, accessor, path and times; never one more, also after a lost answer. */
        @Override
        public JsonNode promised(String action, ObjectNode dump) {
            List<String> seen = new ArrayList<>();
            for (Map.Entry<String, JsonNode> entry : dump.properties()) {
                boolean wrapping = entry.getValue().path("policies").toString().contains("response-wrapping");
                if (entry.getKey().startsWith("token:") && !wrapping) {
                    ObjectNode token = (ObjectNode) entry.getValue();
                    token.withObject("/meta").remove("sweepback_op");
                    token.remove(List.of("bookkeeping", "issue_time", "ttl_seconds", "path", "role"));
                    seen.add(token.toString());
                }
            }
            return JsonMapper.shared().valueToTree(seen.stream().sorted().toList());
        }
    }
}
