package dev.sweepback.adapter.github;

import dev.sweepback.connector.Use;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * When a hook last delivered something that its receiver took, as far as GitHub still knows: it keeps deliveries for some days
 * only, so that none is not disuse. A failed delivery, a ping, and what somebody had sent once more are no use.
 */
final class HookUse {

    /** Each has up to 100 deliveries; what lies further back is not looked for. */
    private static final int PAGES = 3;

    private final GithubApi api;

    HookUse(GithubApi api) {
        this.api = api;
    }

    Use of(String id) {
        GithubApi.Page page = api.deliveries(id);
        for (int read = 1; ; read++) {
            Optional<Instant> newest = newest(page);
            if (newest.isPresent()) {
                return new Use.At(newest.get());
            }
            if (page.next().isEmpty()) {
                return new Use.NotTold();
            }
            if (read == PAGES) {
                return new Use.Unknown();
            }
            page = api.page(page.next().get());
        }
    }

    private Optional<Instant> newest(GithubApi.Page page) {
        page.items().forEach(delivery -> requireDelivery(page, delivery));
        return page.items().stream()
                .filter(HookUse::isUse)
                .map(delivery -> Instant.parse(delivery.path("delivered_at").asString()))
                .max(Comparator.naturalOrder());
    }

    private static boolean isUse(JsonNode delivery) {
        int status = delivery.path("status_code").intValue();
        return status >= 200
                && status < 300
                && !delivery.path("redelivery").booleanValue()
                && !delivery.path("event").asString().equals("ping");
    }

    private void requireDelivery(GithubApi.Page page, JsonNode delivery) {
        if (!delivery.path("status_code").isIntegralNumber()
                || !delivery.path("redelivery").isBoolean()
                || !delivery.path("event").isString()
                || !GithubApi.isTime(delivery.path("delivered_at"))) {
            throw api.malformed(page, "holds something that is no delivery");
        }
    }
}
