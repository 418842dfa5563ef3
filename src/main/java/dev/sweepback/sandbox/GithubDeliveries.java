package dev.sweepback.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What was delivered to a hook, newest first, paged by cursor. */
final class GithubDeliveries {

    private final GithubHooks hooks;
    private final Supplier<String> pagesUrl;

    GithubDeliveries(GithubHooks hooks, Supplier<String> pagesUrl) {
        this.hooks = hooks;
        this.pagesUrl = pagesUrl;
    }

    TwinResponse list(Call call) {
        GithubHook hook = hooks.find(call.at("id"));
        TwinRequest request = call.request();
        int size = Math.min(100, Math.max(1, GithubAnswers.number(request.query("per_page", "30"), 30)));
        List<GithubHook.Delivery> newest = new ArrayList<>(hook.deliveries);
        newest.sort(Comparator.comparingLong(GithubHook.Delivery::id).reversed());
        String cursor = request.query("cursor", "");
        List<GithubHook.Delivery> rest = newest.stream()
                .filter(delivery -> cursor.isEmpty() || ("v1_" + delivery.id()).compareTo(cursor) <= 0)
                .toList();
        List<GithubHook.Delivery> page = rest.subList(0, Math.min(size, rest.size()));
        TwinResponse response = TwinResponse.json(
                200, Json.nodes(page.stream().map(GithubDeliveries::json).toList()));
        if (page.size() == rest.size()) {
            return response;
        }
        return response.with(
                "Link",
                "<%s/hooks/%d/deliveries?per_page=%d&cursor=v1_%d>; rel=\"next\""
                        .formatted(pagesUrl.get(), hook.id, size, rest.get(size).id()));
    }

    private static ObjectNode json(GithubHook.Delivery delivery) {
        ObjectNode json = Json.object();
        json.put("id", delivery.id())
                .put(
                        "guid",
                        "0b989ba4-242f-11e5-81e1-"
                                + Json.sha256("" + delivery.id()).substring(0, 12))
                .put("delivered_at", GithubHook.seconds(delivery.at()))
                .put("redelivery", false)
                .put("duration", 0.27)
                .put("status", delivery.status() < 400 ? "OK" : "Invalid HTTP Response: " + delivery.status())
                .put("status_code", delivery.status())
                .put("event", delivery.event());
        return json.putNull("action")
                .putNull("installation_id")
                .putNull("repository_id")
                .putNull("throttled_at");
    }
}
