package dev.sweepback.server;

import dev.sweepback.schedule.Daemon;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /healthz} (alive: else restart it) and {@code GET /readyz} (recovered and at work), both 200 or 503 with JSON. The
 * answers hold no secret and no absolute path.
 */
public final class HealthRoutes implements Routes {

    private final Daemon daemon;

    public HealthRoutes(Daemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/healthz", context -> answer(context, daemon.health()));
        routes.get("/readyz", context -> answer(context, daemon.readiness()));
    }

    private static void answer(Context context, Daemon.Condition condition) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("status", condition.status());
        if (!condition.problems().isEmpty()) {
            ArrayNode problems = body.putArray("problems");
            condition.problems().forEach(problems::add);
        }
        JsonAnswer.give(context, condition.good() ? 200 : 503, body);
    }
}
