package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.vault.VaultSecretIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Secret-ids of a role of their own. */
final class VaultSecretIdsPlace extends VaultPlaceBench {

    private static final Set<String> DIFFERS =
            Set.of("/accessor", "/creation_time", "/expiration_time", "/num_uses", "/ttl", "/metadata/sweepback_op");

    private final VaultSecretIds connector;
    private final String mount;
    private final String role;
    private final List<String> added = new ArrayList<>();

    VaultSecretIdsPlace(VaultPlaces places, HttpClients http) {
        super(places, http);
        String path = places.appRole();
        mount = path.substring(0, path.lastIndexOf('/'));
        role = path.substring(path.lastIndexOf('/') + 1);
        connector = new VaultSecretIds(http, ownToken(), CLOCK, home, name -> connection(), List::of);
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Scope scope() {
        return new Scope(Map.of("mount", mount, "role", role));
    }

    @Override
    public Optional<Scope> unknownScope() {
        return Optional.of(new Scope(Map.of("mount", mount, "role", "nobody")));
    }

    private String base() {
        return "auth/" + mount + "/role/" + role;
    }

    @Override
    public ResourceRef seed() {
        return new ResourceRef("secret-id", "vault", mount + "/" + role + "/" + add());
    }

    private String add() {
        String accessor = vault.write(base() + "/secret-id", "{'metadata':'{#upgrade#:#2#}'}".replace("#", "\\\""))
                .path("data")
                .path("secret_id_accessor")
                .asString();
        added.add(accessor);
        return accessor;
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            add();
        }
    }

    @Override
    public ReadList reads() {
        return VaultSecretIds.reads(mount);
    }

    @Override
    public ObjectNode dump() {
        ObjectNode dump = object();
        for (String accessor : vault.list(base() + "/secret-id")) {
            dump.set(
                    accessor,
                    vault.write(base() + "/secret-id-accessor/lookup", "{'secret_id_accessor':'" + accessor + "'}")
                            .path("data"));
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
        dump.forEach(secretId -> seen.add(((ObjectNode) secretId.path("metadata"))
                .without(List.of("sweepback_op"))
                .toString()));
        return texts(seen);
    }

    @Override
    boolean issues(String asked) {
        return asked.equals(base() + "/secret-id");
    }

    @Override
    public void close() {
        super.close();
        for (Map.Entry<String, JsonNode> secretId : dump().properties()) {
            if (added.contains(secretId.getKey())
                    || isOfUndo(secretId.getValue().path("metadata"))) {
                vault.write(
                        base() + "/secret-id-accessor/destroy", "{'secret_id_accessor':'" + secretId.getKey() + "'}");
            }
        }
    }
}
