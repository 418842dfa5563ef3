package dev.sweepback.sandbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One hook of the repository, with the secret that its API never shows. */
final class GithubHook {

    record Delivery(long id, Instant at, int status, String event) {}

    private static final String MASK = "********";

    final long id;
    final Instant createdAt;
    final List<Delivery> deliveries = new ArrayList<>();
    boolean active = true;
    List<String> events = List.of("push");
    String target = "";
    String contentType = "form";
    String insecureSsl = "0";

    @Nullable
    String secret;

    Instant updatedAt;

    GithubHook(long id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    /** What a PATCH or POST with {@code config} does: fields that are missing fall back to their defaults, a secret is lost. */
    void replaceConfig(JsonNode config) {
        target = Json.text(config, "url", target);
        contentType = Json.text(config, "content_type", "form");
        insecureSsl = Json.text(config, "insecure_ssl", "0");
        secret = config.path("secret").isString() ? Json.text(config, "secret", "") : null;
    }

    /** What the config's own address does: only the named fields change. */
    void mergeConfig(JsonNode config) {
        target = Json.text(config, "url", target);
        contentType = Json.text(config, "content_type", contentType);
        insecureSsl = Json.text(config, "insecure_ssl", insecureSsl);
        if (config.path("secret").isString()) {
            secret = Json.text(config, "secret", "");
        }
    }

    ObjectNode config() {
        ObjectNode config = Json.object();
        config.put("content_type", contentType).put("insecure_ssl", insecureSsl);
        if (secret != null) {
            config.put("secret", MASK);
        }
        return config.put("url", target);
    }

    ObjectNode json(String repositoryUrl) {
        String url = repositoryUrl + "/hooks/" + id;
        ObjectNode json = Json.object();
        json.put("type", "Repository").put("id", id).put("name", "web").put("active", active);
        json.set("events", Json.array(events));
        json.set("config", config());
        json.put("updated_at", seconds(updatedAt)).put("created_at", seconds(createdAt));
        json.put("url", url)
                .put("test_url", url + "/test")
                .put("ping_url", url + "/pings")
                .put("deliveries_url", url + "/deliveries");
        json.set("last_response", lastResponse());
        return json;
    }

    private ObjectNode lastResponse() {
        ObjectNode last = Json.object();
        if (deliveries.isEmpty()) {
            return last.putNull("code").put("status", "unused").putNull("message");
        }
        int status = deliveries.get(deliveries.size() - 1).status();
        return last.put("code", status)
                .put("status", status < 400 ? "active" : "misconfigured")
                .put("message", status < 400 ? "OK" : "Invalid HTTP Response: " + status);
    }

    ObjectNode dump() {
        ObjectNode dump = Json.object();
        dump.put("active", active);
        dump.set("events", Json.array(events.stream().sorted().toList()));
        dump.putObject("config")
                .put("url", target)
                .put("content_type", contentType)
                .put("insecure_ssl", insecureSsl)
                .put("secret_fingerprint", secret == null ? "" : Json.fingerprint(secret));
        dump.put("created_at", seconds(createdAt));
        dump.putObject("bookkeeping")
                .put("updated_at", seconds(updatedAt))
                .put("deliveries", deliveries.size())
                .set("last_response", lastResponse());
        return dump;
    }

    static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
