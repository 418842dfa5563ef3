package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.vault.VaultTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens that carry a mark of their own; a quiet Vault is needed, as all of its tokens are listed. */
final class VaultTokensPlace extends VaultPlaceBench {

    private static final Set<String> DIFFERS = Set.of(
            "/accessor",
            "/creation_ttl",
            "/expire_time",
            "/explicit_max_ttl",
            "/issue_time",
            "/meta/sweepback_op",
            "/path",
            "/policies");

    private final VaultTokens connector;
    private final String mark = places.name();

    VaultTokensPlace(VaultPlaces places, HttpClients http) {
        super(places, http);
        connector = new VaultTokens(http, ownToken(), CLOCK, home, name -> connection(), List::of);
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public ResourceRef seed() {
        return new ResourceRef("token", "vault", token(",'display_name':'dten','num_uses':7"));
    }

    private String token(String more) {
        return vault.write(
                        "auth/token/create",
                        "{'policies':['" + VaultPlaces.TOKEN_POLICY + "'],'no_default_policy':true,'no_parent':true,"
                                + "'ttl':'2h','meta':{'mark':'" + mark + "'}" + more + "}")
                .path("auth")
                .path("accessor")
                .asString();
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            token("");
        }
    }

    @Override
    public ReadList reads() {
        return VaultTokens.READS;
    }

    @Override
    public ObjectNode dump() {
        ObjectNode dump = object();
        for (String accessor : vault.list("auth/token/accessors")) {
            vault.readToken(accessor)
                    .filter(token ->
                            token.path("meta").path("mark").asString("").equals(mark))
                    .ifPresent(token -> dump.set(accessor, ((ObjectNode) token).without(List.of("ttl"))));
        }
        return dump;
    }

    @Override
    public boolean restored(String action, State before, State now) {
        return DIFFERS.containsAll(before.differences(now));
    }

    @Override
    public JsonNode promised(String action, ObjectNode dump) {
        List<String> seen = new ArrayList<>();
        dump.forEach(token -> seen.add(token.path("display_name") + " " + token.path("policies") + " "
                + token.path("num_uses") + " " + token.path("orphan")));
        return texts(seen);
    }

    @Override
    public void close() {
        super.close();
        dump().propertyNames()
                .forEach(accessor -> vault.write("auth/token/revoke-accessor", "{'accessor':'" + accessor + "'}"));
    }
}
