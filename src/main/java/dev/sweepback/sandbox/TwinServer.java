package dev.sweepback.sandbox;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The HTTP side of a twin: listens on the loopback address, plays faults, counts traffic. */
final class TwinServer implements AutoCloseable {

    private static final int THREADS = 48;

    private final Faults faults = new Faults();
    private final Traffic traffic = new Traffic();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Function<TwinRequest, TwinResponse> twin;
    private final WireMockServer server;

    /** @param port 0 for any free one */
    TwinServer(int port, Function<TwinRequest, TwinResponse> twin) {
        this.twin = twin;
        WireMockConfiguration configuration = WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .containerThreads(THREADS)
                .disableRequestJournal()
                .templatingEnabled(false)
                .gzipDisabled(true)
                .stubRequestLoggingDisabled(true)
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.NEVER)
                .extensions(new Filter());
        server = new WireMockServer(port == 0 ? configuration.dynamicPort() : configuration.port(port));
    }

    void start() {
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    Faults faults() {
        return faults;
    }

    Traffic traffic() {
        return traffic;
    }

    @Override
    public void close() {
        closing.countDown();
        faults.clear();
        server.stop();
    }

    private Wire answer(TwinRequest request) {
        AtomicBoolean carriedOut = new AtomicBoolean();
        try {
            Wire wire =
                    faults.take(request).orElse(new Fault.None()).play(() -> carryOut(request, carriedOut), closing);
            if (!carriedOut.get()) {
                traffic.record(request, wire.response().status());
            }
            return wire;
        } catch (Crashed e) {
            return new Wire(TwinResponse.empty(0), Wire.Form.RESET);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Wire(TwinResponse.empty(0), Wire.Form.RESET);
        }
    }

    private TwinResponse carryOut(TwinRequest request, AtomicBoolean carriedOut) {
        carriedOut.set(true);
        TwinResponse response = twin.apply(request);
        traffic.record(request, response.status());
        return response;
    }

    private final class Filter implements StubRequestFilterV2 {

        @Override
        public RequestFilterAction filter(Request request, ServeEvent serveEvent) {
            return RequestFilterAction.stopWith(
                    answer(TwinRequest.from(request)).definition());
        }

        @Override
        public String getName() {
            return "twin";
        }
    }
}
