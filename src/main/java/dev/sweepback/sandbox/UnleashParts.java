package dev.sweepback.sandbox;

import java.time.Clock;

/** The parts of an Unleash, and its four holders of tokens. */
final class UnleashParts {

    static final String ADMIN = "*:*.sandbox-admin-token";
    static final String BACKEND = "*:development.sandbox-backend-token";
    static final String VIEWER = "user:sandbox-viewer-token";
    static final String EDITOR = "user:sandbox-editor-token";
    static final String ADMINISTRATOR = "user:sandbox-administrator-token";

    final UnleashEvents events;
    final UnleashFlags flags;
    final UnleashViews views;
    final UnleashStrategies strategies;
    final UnleashAddons addons;
    final UnleashDeliveries deliveries;
    final UnleashMetrics metrics;
    final UnleashTokens tokens;
    final UnleashOverviews overviews;
    final UnleashFeatures features;
    final UnleashDefinitions definitions;

    UnleashParts(Clock clock) {
        events = new UnleashEvents(clock);
        flags = new UnleashFlags(clock, events);
        views = new UnleashViews(clock, flags);
        strategies = new UnleashStrategies(flags, events);
        addons = new UnleashAddons(clock, events);
        deliveries = new UnleashDeliveries(clock, addons);
        events.listen(deliveries::deliver);
        metrics = new UnleashMetrics(clock, flags);
        tokens = new UnleashTokens(clock);
        tokens.add(ADMIN, Json.parse("{\"tokenName\":\"admin\",\"type\":\"admin\",\"environment\":\"*\"}"));
        tokens.add(
                BACKEND, Json.parse("{\"tokenName\":\"admin\",\"type\":\"client\",\"environment\":\"development\"}"));
        overviews = new UnleashOverviews(clock, flags, tokens);
        features = new UnleashFeatures(clock, flags, views, events);
        definitions = new UnleashDefinitions(clock, flags);
    }
}
