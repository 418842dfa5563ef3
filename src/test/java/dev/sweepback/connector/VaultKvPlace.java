package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.vault.VaultKv;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys below a folder of their own. */
final class VaultKvPlace extends VaultPlaceBench {

    private final VaultKv connector;
    private final boolean versioned;
    private final String mount;
    private final String folder = places.name();

    VaultKvPlace(VaultPlaces places, boolean versioned, HttpClients http) {
        super(places, http);
        this.versioned = versioned;
        this.mount = places.mount(versioned);
        connector = new VaultKv(
                http,
                ownToken(),
                CLOCK,
                new Redaction("a key".getBytes(StandardCharsets.UTF_8)),
                home,
                name -> connection(),
                List::of);
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Scope scope() {
        return new Scope(Map.of("path", mount + "/" + folder));
    }

    @Override
    public Optional<Scope> unknownScope() {
        return Optional.of(new Scope(Map.of("path", "no" + mount + "/" + folder)));
    }

    @Override
    public ResourceRef seed() {
        write("beside", "1");
        write("db/dten migrator", "1");
        if (versioned) {
            write("db/dten migrator", "2");
        }
        return new ResourceRef("kv", "vault", mount + "/" + folder + "/db/dten migrator");
    }

    private void write(String key, String value) {
        String content = "{'password':'" + value + "'}";
        vault.write(address("data", key), versioned ? "{'data':" + content + "}" : content);
    }

    private String address(String part, String key) {
        return mount + (versioned ? "/" + part + "/" : "/") + folder + "/" + key;
    }

    @Override
    public void seedMany(int count) {
        for (int index = 0; index < count; index++) {
            write(index % 7 + "/many-" + index, "1");
        }
    }

    @Override
    public boolean changeByHand(String action, ResourceRef resource) {
        write("db/dten migrator", "another");
        return true;
    }

    @Override
    public ReadList reads() {
        return VaultKv.reads(mount, versioned);
    }

    @Override
    public ObjectNode dump() {
        ObjectNode dump = object();
        add("", dump);
        return dump;
    }

    private void add(String start, ObjectNode dump) {
        for (String key : vault.list(address("metadata", start))) {
            if (key.endsWith("/")) {
                add(start + key, dump);
            } else {
                vault.read(address("metadata", start + key))
                        .map(answer -> answer.path("data"))
                        .ifPresent(data -> dump.set(start + key, data));
            }
        }
    }

    @Override
    public JsonNode promised(String action, ObjectNode dump) {
        dump.forEach(key -> ((ObjectNode) key).remove("updated_time"));
        return dump;
    }

    @Override
    public void close() {
        super.close();
        dump().propertyNames().forEach(key -> vault.remove(address("metadata", key)));
    }
}
