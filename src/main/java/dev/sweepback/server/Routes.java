package dev.sweepback.server;

import io.javalin.config.RoutesConfig;

/** Some of the paths that the daemon answers. */
public interface Routes {

    void addTo(RoutesConfig routes);
}
