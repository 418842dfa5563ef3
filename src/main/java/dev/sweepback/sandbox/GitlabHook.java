package dev.sweepback.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One hook, with the token, variables and headers that its API never shows. */
final class GitlabHook {

    private static final List<String> EVENTS = List.of(
            "push_events",
            "tag_push_events",
            "merge_requests_events",
            "issues_events",
            "confidential_issues_events",
            "note_events",
            "confidential_note_events",
            "pipeline_events",
            "job_events",
            "wiki_page_events",
            "deployment_events",
            "releases_events",
            "feature_flag_events",
            "resource_access_token_events");

    final long id;
    final Instant createdAt;
    final Map<String, Boolean> events = new TreeMap<>();
    final Map<String, String> variables = new TreeMap<>();
    final Map<String, String> headers = new TreeMap<>();
    String url;
    String description = "";
    boolean sslVerification = true;
    String branchFilter = "";
    String template = "";
    String alertStatus = "executable";

    @Nullable
    String token;

    GitlabHook(long id, String url, Instant createdAt) {
        this.id = id;
        this.url = url;
        this.createdAt = createdAt;
        EVENTS.forEach(event -> events.put(event, event.equals("push_events")));
    }

    /**
     * What a PUT does: what is not named stays. Another address takes along what is not shown, so that nobody can have it sent
     * elsewhere.
     */
    void change(JsonNode body) {
        String address = Json.text(body, "url", url);
        if (!address.equals(url)) {
            url = address;
            token = null;
            variables.clear();
            headers.clear();
        }
        token = body.path("token").isString() ? Json.text(body, "token", "") : token;
        events.replaceAll((name, on) -> Json.flag(body, name, on));
        sslVerification = Json.flag(body, "enable_ssl_verification", sslVerification);
        description = Json.text(body, "description", description);
        branchFilter = Json.text(body, "push_events_branch_filter", branchFilter);
        template = Json.text(body, "custom_webhook_template", template);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("id", id).put("url", url).putNull("name").put("description", description);
        events.forEach(json::put);
        json.put("repository_update_events", false).put("enable_ssl_verification", sslVerification);
        json.put("push_events_branch_filter", branchFilter).put("branch_filter_strategy", "wildcard");
        json.put("alert_status", alertStatus).putNull("disabled_until");
        json.set("url_variables", keys(variables.keySet()));
        json.set("custom_headers", keys(headers.keySet()));
        return json.put("custom_webhook_template", template).put("created_at", createdAt.toString());
    }

    private static ArrayNode keys(Set<String> names) {
        ArrayNode keys = Json.array();
        names.forEach(name -> keys.addObject().put("key", name));
        return keys;
    }

    ObjectNode dump() {
        ObjectNode dump = json();
        dump.remove(List.of("id", "alert_status"));
        dump.put("token_fingerprint", token == null ? "" : Json.fingerprint(token));
        dump.put("variables_fingerprint", Json.fingerprint(variables.toString()));
        dump.put("headers_fingerprint", Json.fingerprint(headers.toString()));
        dump.putObject("bookkeeping").put("alert_status", alertStatus);
        return dump;
    }
}
