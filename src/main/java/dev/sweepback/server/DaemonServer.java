package dev.sweepback.server;

import dev.sweepback.job.Settings;
import io.javalin.Javalin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Listens for the daemon, on this machine alone. What is answered is up to its routes. */
public final class DaemonServer implements AutoCloseable {

    private final Javalin server;
    private final String host;

    private DaemonServer(Javalin server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Begins to listen.
     *
     * @param address port 0 for any free port
     * @throws CannotListen if the address is not of this machine alone, or is taken
     */
    public static DaemonServer start(Settings.Server address, List<Routes> routes) {
        refuseOthers(address);
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            routes.forEach(each -> each.addTo(config.routes));
        });
        try {
            server.start(bare(address.host()), address.port());
        } catch (RuntimeException e) {
            server.stop();
            throw new CannotListen(
                    "cannot listen on " + address.host() + ":" + address.port() + ": " + e.getMessage(),
                    "end what listens there, or choose another port under server.listen (0 for a free one)");
        }
        return new DaemonServer(server, address.host());
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

    /** Where it listens. */
    public String url() {
        return "http://" + host + ":" + server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
