package dev.sweepback.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/** What is delivered to hooks: signed with their secrets, listed newest first, paged by cursor, forgotten after some days. */
final class GithubDeliveries {

    /** What github.com keeps at present; it has been more. */
    static final Duration KEPT = Duration.ofDays(3);

    private final Clock clock;
    private long lastId = 12_000_000_000L;

    GithubDeliveries(Clock clock) {
        this.clock = clock;
    }

    void send(GithubHook hook, String event, int status) {
        long id = ++lastId;
        String body = Json.object()
                .put("hook_id", hook.id)
                .put("event", event)
                .put("delivery", id)
                .toString();
        String guid = "0b989ba4-242f-11e5-81e1-" + Json.sha256("" + id).substring(0, 12);
        hook.deliveries.add(
                new GithubDelivery(id, guid, clock.instant(), status, event, false, body, signature(hook, body)));
    }

    /** Sends the newest once more, as somebody asks for. */
    void sendAgain(GithubHook hook, int status) {
        GithubDelivery newest = hook.deliveries.get(hook.deliveries.size() - 1);
        hook.deliveries.add(new GithubDelivery(
                ++lastId,
                newest.guid(),
                clock.instant(),
                status,
                newest.event(),
                true,
                newest.body(),
                signature(hook, newest.body())));
    }

    static String outcome(int status) {
        return status >= 200 && status < 300 ? "OK" : "Invalid HTTP Response: " + status;
    }

    private static String signature(GithubHook hook, String body) {
        String secret = hook.secret;
        if (secret == null) {
            return "";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    TwinResponse list(GithubHook hook, TwinRequest request, String hooksUrl) {
        int size = Math.min(100, Math.max(1, GithubAnswers.number(request.query("per_page", "30"), 30)));
        String cursor = request.query("cursor", "");
        String outcome = request.query("status", "");
        if (!cursor.matches("(v1_\\d{1,18})?")) {
            throw GithubAnswers.error(400, "Invalid cursor");
        }
        if (!List.of("", "success", "failure").contains(outcome)) {
            throw GithubAnswers.invalid("invalid", "status must be success or failure");
        }
        long from = cursor.isEmpty() ? Long.MAX_VALUE : Long.parseLong(cursor.substring(3));
        List<GithubDelivery> rest = hook.deliveries.stream()
                .filter(delivery -> delivery.at().isAfter(clock.instant().minus(KEPT)))
                .filter(delivery -> delivery.id() <= from && is(outcome, delivery.status()))
                .sorted(Comparator.comparingLong(GithubDelivery::id).reversed())
                .toList();
        List<GithubDelivery> page = rest.subList(0, Math.min(size, rest.size()));
        TwinResponse response = TwinResponse.json(
                200, Json.nodes(page.stream().map(GithubDeliveries::json).toList()));
        if (page.size() == rest.size()) {
            return response;
        }
        return response.with(
                "Link",
                "<%s/%d/deliveries?per_page=%d%s&cursor=v1_%d>; rel=\"next\""
                        .formatted(
                                hooksUrl,
                                hook.id,
                                size,
                                outcome.isEmpty() ? "" : "&status=" + outcome,
                                rest.get(size).id()));
    }

    /** Success is 200 to 399, as the description of the parameter says. */
    private static boolean is(String outcome, int status) {
        return outcome.isEmpty() || outcome.equals("success") == (status >= 200 && status < 400);
    }

    private static ObjectNode json(GithubDelivery delivery) {
        ObjectNode json = Json.object();
        json.put("id", delivery.id())
                .put("guid", delivery.guid())
                .put("delivered_at", GithubHook.seconds(delivery.at()))
                .put("redelivery", delivery.redelivery())
                .put("duration", 0.27)
                .put("status", outcome(delivery.status()))
                .put("status_code", delivery.status())
                .put("event", delivery.event());
        return json.putNull("action")
                .putNull("installation_id")
                .putNull("repository_id")
                .putNull("throttled_at");
    }
}
