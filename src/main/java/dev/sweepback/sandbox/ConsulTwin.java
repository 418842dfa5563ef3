package dev.sweepback.sandbox;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Consul as far as its key/value store goes. It rests on Consul's public API documentation, not on recordings of a real server.
 * Values are texts in UTF-8. Safe for use from several threads.
 */
public final class ConsulTwin implements Twin {

    private record Entry(String value, BigInteger flags, long created, long modified) {}

    private static final String KEYS = "/v1/kv/";

    private final Object lock = new Object();
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final TwinServer server;
    private long index = 100;

    private ConsulTwin() {
        server = new TwinServer(0, this::answer);
        server.start();
    }

    /** Listens on any free port of the loopback address. Consul tells no times, so that there is no clock. */
    public static ConsulTwin start() {
        return new ConsulTwin();
    }

    @Override
    public URI url() {
        return server.url();
    }

    /** A token that may do everything. */
    @Override
    public String token() {
        return "b1gs33cr3-sand-box0-cons-ul0000000000";
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    /** Writes a key as a person does. */
    public void put(String key, String value, long flags) {
        synchronized (lock) {
            write(key, value, BigInteger.valueOf(flags));
        }
    }

    /** Flags are any unsigned number of 64 bits. */
    public void put(String key, String value, BigInteger flags) {
        synchronized (lock) {
            write(key, value, flags);
        }
    }

    /** A value, if the key is there. */
    public Optional<String> value(String key) {
        synchronized (lock) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }
    }

    /** Each {@code key:KEY} with what affects behaviour; what the server writes itself is under {@code bookkeeping}. */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            entries.forEach((key, entry) -> {
                ObjectNode node = Json.object();
                node.put("value", entry.value()).put("flags", entry.flags().toString());
                node.putObject("bookkeeping").put("created", entry.created()).put("modified", entry.modified());
                dump.set("key:" + key, node);
            });
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private TwinResponse answer(TwinRequest request) {
        synchronized (lock) {
            String token = request.header("x-consul-token");
            if (!token.equals(token())) {
                return token.isEmpty()
                        ? text(403, "Permission denied: anonymous token lacks permission 'key:read'")
                        : text(403, "ACL not found");
            }
            if (request.path().equals("/v1/status/leader") && request.method().equals("GET")) {
                return TwinResponse.json(200, JsonNodeFactory.instance.stringNode("127.0.0.1:8300"));
            }
            if (!request.path().startsWith(KEYS)) {
                return text(404, "Invalid URL path: not a recognized HTTP API endpoint");
            }
            String key = request.path().substring(KEYS.length());
            return switch (request.method()) {
                case "GET" -> get(key, request);
                case "PUT" -> put(key, request);
                case "DELETE" -> delete(key, request);
                default -> text(405, "method " + request.method() + " not allowed");
            };
        }
    }

    private TwinResponse get(String key, TwinRequest request) {
        boolean below =
                request.query().containsKey("recurse") || request.query().containsKey("keys");
        Map<String, Entry> found = new TreeMap<>();
        entries.forEach((name, entry) -> {
            if (below ? name.startsWith(key) : name.equals(key)) {
                found.put(name, entry);
            }
        });
        if (found.isEmpty()) {
            return TwinResponse.empty(404).with("X-Consul-Index", Long.toString(index));
        }
        ArrayNode answer = Json.array();
        found.forEach((name, entry) -> {
            if (request.query().containsKey("keys")) {
                answer.add(name);
            } else {
                answer.add(shown(name, entry));
            }
        });
        return TwinResponse.json(200, answer).with("X-Consul-Index", Long.toString(index));
    }

    private static ObjectNode shown(String key, Entry entry) {
        ObjectNode node = Json.object();
        node.put("LockIndex", 0).put("Key", key).put("Flags", entry.flags());
        if (entry.value().isEmpty()) {
            node.putNull("Value");
        } else {
            node.put("Value", Base64.getEncoder().encodeToString(entry.value().getBytes(StandardCharsets.UTF_8)));
        }
        return node.put("CreateIndex", entry.created()).put("ModifyIndex", entry.modified());
    }

    private TwinResponse put(String key, TwinRequest request) {
        if (key.isEmpty()) {
            return text(400, "Missing key name");
        }
        String flags = request.query("flags", "0");
        if (!flags.matches("\\d{1,20}")) {
            return text(400, "Invalid flags");
        }
        if (!fits(key, request)) {
            return TwinResponse.json(200, JsonNodeFactory.instance.booleanNode(false));
        }
        write(key, request.body(), new BigInteger(flags));
        return TwinResponse.json(200, JsonNodeFactory.instance.booleanNode(true));
    }

    private void write(String key, String value, BigInteger flags) {
        Entry before = entries.get(key);
        index++;
        entries.put(key, new Entry(value, flags, before == null ? index : before.created(), index));
    }

    /** Removing what is not there succeeds; with an index it must be the one that the key has. */
    private TwinResponse delete(String key, TwinRequest request) {
        Entry entry = entries.get(key);
        if (request.query().containsKey("recurse")) {
            entries.keySet().removeIf(name -> name.startsWith(key));
        } else if (entry != null) {
            if (!fits(key, request)) {
                return TwinResponse.json(200, JsonNodeFactory.instance.booleanNode(false));
            }
            entries.remove(key);
        }
        index++;
        return TwinResponse.json(200, JsonNodeFactory.instance.booleanNode(true));
    }

    private boolean fits(String key, TwinRequest request) {
        String expected = request.query("cas", "");
        Entry entry = entries.get(key);
        long now = entry == null ? 0 : entry.modified();
        return expected.isEmpty() || expected.equals(Long.toString(now));
    }

    private static TwinResponse text(int status, String text) {
        return TwinResponse.empty(status).withBody("text/plain", text);
    }
}
