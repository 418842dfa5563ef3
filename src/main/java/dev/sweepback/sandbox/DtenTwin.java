package dev.sweepback.sandbox;

import java.net.URI;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The application that was upgraded, as far as its configuration can be read: {@code GET /config}. Without hybrid mode it
 * silently falls back to the old version. Safe for use from several threads.
 */
public final class DtenTwin implements AutoCloseable {

    private final TwinServer server;
    private volatile BooleanSupplier hybrid = () -> true;

    DtenTwin(int port) {
        server = new TwinServer(port, this::answer);
        server.start();
    }

    public URI url() {
        return server.url();
    }

    /** From now on hybrid mode is on as long as this holds. */
    public void hybridWhile(BooleanSupplier condition) {
        hybrid = condition;
    }

    public Traffic traffic() {
        return server.traffic();
    }

    private TwinResponse answer(TwinRequest request) {
        if (!request.method().equals("GET") || !request.path().equals("/config")) {
            return TwinResponse.empty(404);
        }
        ObjectNode config = Json.object();
        config.put("version", DtenScenario.TO_VERSION);
        config.put("dten.hybrid.enable", hybrid.getAsBoolean());
        return TwinResponse.json(200, config);
    }

    @Override
    public void close() {
        server.close();
    }
}
