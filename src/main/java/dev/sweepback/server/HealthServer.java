package dev.sweepback.server;

import dev.sweepback.job.Settings;
import dev.sweepback.schedule.Daemon;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /healthz} (alive: else restart it) and {@code GET /readyz} (recovered and at work), both 200 or 503 with JSON. The
 * answers hold no secret and no absolute path.
 */
public final class HealthServer implements AutoCloseable {

    private final Javalin server;
    private final String host;

    private HealthServer(Javalin server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Begins to listen.
     *
     * @param address port 0 for any free port
     * @throws CannotListen if the address is not of this machine alone, or is taken
     */
    public static HealthServer start(Settings.Server address, Daemon daemon) {
        refuseOthers(address);
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.routes.get("/healthz", context -> answer(context, daemon.health()));
            config.routes.get("/readyz", context -> answer(context, daemon.readiness()));
        });
        try {
            server.start(bare(address.host()), address.port());
        } catch (RuntimeException e) {
            server.stop();
            throw new CannotListen(
                    "cannot listen on " + address.host() + ":" + address.port() + ": " + e.getMessage(),
                    "end what listens there, or choose another port under server.listen (0 for a free one)");
        }
        return new HealthServer(server, address.host());
    }

    private static void refuseOthers(Settings.Server address) {
        try {
            if (InetAddress.getByName(bare(address.host())).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new CannotListen(
                    "the address '" + address.host() + "' is unknown", "listen on 127.0.0.1 under server.listen");
        }
        throw new CannotListen(
                "listening on " + address.host()
                        + " would let others in without encryption and without asking who they are",
                "listen on 127.0.0.1 under server.listen, with a proxy that ends TLS in front of it");
    }

    /** IPv6 addresses are written in brackets before a port. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void answer(Context context, Daemon.Condition condition) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("status", condition.status());
        if (!condition.problems().isEmpty()) {
            ArrayNode problems = body.putArray("problems");
            condition.problems().forEach(problems::add);
        }
        context.status(condition.good() ? 200 : 503)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(body.toString());
    }

    /** Where it listens. */
    public String url() {
        return "http://" + host + ":" + server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
