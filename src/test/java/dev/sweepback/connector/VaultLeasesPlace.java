package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.vault.VaultLeases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Leases of an engine that is there; a quiet Vault is needed, as all of its leases are listed. */
final class VaultLeasesPlace extends VaultPlaceBench {

    private final VaultLeases connector;
    private final String path;
    private final List<String> issued = new ArrayList<>();

    VaultLeasesPlace(VaultPlaces places, String path, HttpClients http) {
        super(places, http);
        this.path = path;
        connector = new VaultLeases(http, ownToken(), CLOCK, home, name -> connection());
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Scope scope() {
        return new Scope(Map.of("prefix", path));
    }

    @Override
    public Optional<Scope> unknownScope() {
        return Optional.of(new Scope(Map.of("prefix", "no" + path)));
    }

    @Override
    public ResourceRef seed() {
        return new ResourceRef("lease", "vault", issue());
    }

    private String issue() {
        String id = vault.read(path).orElseThrow().path("lease_id").asString();
        issued.add(id);
        return id;
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            issue();
        }
    }

    /** Reading the path issues a lease. */
    @Override
    public boolean isWrite(String method, String asked) {
        return (asked.endsWith(path) && method.equals("GET")) || super.isWrite(method, asked);
    }

    @Override
    public ReadList reads() {
        return VaultLeases.READS;
    }

    @Override
    public ObjectNode dump() {
        ObjectNode dump = object();
        vault.list("sys/leases/lookup/" + path).forEach(id -> dump.put(id, path));
        return dump;
    }

    /** The new lease's id is known to whoever unwraps it alone. */
    @Override
    public boolean restored(String action, State before, State now) {
        return now.isAbsent();
    }

    /** So many leases of the path; wrapping tokens are kept under it, too. */
    @Override
    public JsonNode promised(String action, ObjectNode dump) {
        List<String> seen = new ArrayList<>();
        dump.propertyNames().stream()
                .filter(id -> !id.matches("h[0-9a-f]{64}.*"))
                .forEach(id -> seen.add(path));
        return texts(seen);
    }

    @Override
    boolean issues(String asked) {
        return asked.equals(path);
    }

    @Override
    public void close() {
        super.close();
        issued.forEach(id -> vault.write("sys/leases/revoke", "{'lease_id':'" + id + "'}"));
    }
}
