package dev.sweepback.adapter.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Measured;
import dev.sweepback.job.TcpSubject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a connection, or none, is taken for. */
class TcpCheckTest {

    private static String ask(String host, int port, boolean open) {
        Measured measured = TcpCheck.ask(new TcpSubject(host, port, open), Duration.ofMillis(500));
        return CheckWorld.text(measured).replace(":" + port, ":PORT");
    }

    @Test
    void whatListensIsOpen() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(ask("127.0.0.1", server.getLocalPort(), true)).isEqualTo("good: 127.0.0.1:PORT is open");
            assertThat(ask("127.0.0.1", server.getLocalPort(), false))
                    .isEqualTo("bad: 127.0.0.1:PORT is open, expected: closed");
        }
    }

    @Test
    void whatRefusesIsClosed() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        assertThat(ask("127.0.0.1", port, true))
                .isEqualTo("bad: 127.0.0.1:PORT refuses the connection, expected: open");
        assertThat(ask("127.0.0.1", port, false)).isEqualTo("good: 127.0.0.1:PORT is closed");
    }

    @Test
    void whatLeadsNowhereIsNoDataEitherWay() {
        for (boolean open : new boolean[] {true, false}) {
            assertThat(ask("no-such-host.invalid", 80, open))
                    .isEqualTo("no data: the name of no-such-host.invalid cannot be resolved");
            assertThat(ask("169.254.169.254", 80, open))
                    .isEqualTo("no data: 169.254.169.254 leads to a link-local or metadata address; nothing was sent");
        }
    }
}
