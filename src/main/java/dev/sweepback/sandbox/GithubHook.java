package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One hook, with the secret that its API never shows. */
final class GithubHook {

    /** "{@code last response} may return null if there have not been any deliveries within 30 days", its description says. */
    private static final Duration LAST_RESPONSE_KEPT = Duration.ofDays(30);

    private static final String MASK = "********";

    final long id;
    final GithubPlace place;
    final Instant createdAt;
    final List<GithubDelivery> deliveries = new ArrayList<>();
    boolean active = true;
    List<String> events = List.of("push");
    String target = "";
    String contentType = "form";
    String insecureSsl = "0";

    @Nullable
    String secret;

    Instant updatedAt;

    GithubHook(long id, GithubPlace place, Instant createdAt) {
        this.id = id;
        this.place = place;
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

    /** A hook of an organization has neither {@code last_response} nor {@code test_url}. */
    ObjectNode json(String placeUrl, Instant now) {
        String url = placeUrl + "/hooks/" + id;
        ObjectNode json = Json.object();
        json.put("type", place.type()).put("id", id).put("name", "web").put("active", active);
        json.set("events", Json.array(events));
        json.set("config", config());
        json.put("updated_at", seconds(updatedAt)).put("created_at", seconds(createdAt));
        json.put("url", url).put("ping_url", url + "/pings").put("deliveries_url", url + "/deliveries");
        if (place.isRepository()) {
            json.put("test_url", url + "/test").set("last_response", lastResponse(now));
        }
        return json;
    }

    private ObjectNode lastResponse(Instant now) {
        ObjectNode last = Json.object();
        List<GithubDelivery> known = deliveries.stream()
                .filter(delivery -> delivery.at().isAfter(now.minus(LAST_RESPONSE_KEPT)))
                .toList();
        if (known.isEmpty()) {
            return last.putNull("code").put("status", "unused").putNull("message");
        }
        int status = known.get(known.size() - 1).status();
        return last.put("code", status)
                .put("status", status < 400 ? "active" : "misconfigured")
                .put("message", GithubDeliveries.outcome(status));
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
        dump.putObject("bookkeeping").put("updated_at", seconds(updatedAt)).put("deliveries", deliveries.size());
        return dump;
    }

    static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
