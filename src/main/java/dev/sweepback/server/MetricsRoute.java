package dev.sweepback.server;

import io.javalin.config.RoutesConfig;

/** {@code GET /metrics}, for Prometheus. */
public final class MetricsRoute implements Routes {

    private final SignalCounts counts;

    public MetricsRoute(SignalCounts counts) {
        this.counts = counts;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .header("Cache-Control", "no-store")
                        .result(counts.text()));
    }
}
