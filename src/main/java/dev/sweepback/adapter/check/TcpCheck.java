package dev.sweepback.adapter.check;

import dev.sweepback.adapter.http.HarmlessAddresses;
import dev.sweepback.gate.Measured;
import dev.sweepback.job.TcpSubject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Whether something takes connections. One that is refused is an answer; one that leads nowhere is none. */
final class TcpCheck {

    private static final int MOST_ADDRESSES = 8;

    private enum Found {
        OPEN,
        CLOSED,
        SILENT
    }

    private TcpCheck() {}

    static Measured ask(TcpSubject subject, Duration timeout) {
        String place = subject.host() + ":" + subject.port();
        List<InetAddress> addresses;
        try {
            addresses = HarmlessAddresses.of(subject.host());
        } catch (UnknownHostException e) {
            return new Measured.NoData(String.valueOf(e.getMessage()));
        }
        return switch (any(addresses, subject.port(), timeout)) {
            case OPEN ->
                subject.open()
                        ? new Measured.Good(place + " is open")
                        : new Measured.Bad(place + " is open, expected: closed", "open");
            case CLOSED ->
                subject.open()
                        ? new Measured.Bad(place + " refuses the connection, expected: open", "closed")
                        : new Measured.Good(place + " is closed");
            case SILENT ->
                new Measured.NoData(
                        place + " did not answer within " + timeout.toMillis() + " ms, or cannot be reached");
        };
    }

    /** Open if one of the addresses is; closed only if all are. */
    private static Found any(List<InetAddress> addresses, int port, Duration timeout) {
        List<InetAddress> some = addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()));
        int each = Math.max(1, (int) (timeout.toMillis() / some.size()));
        Found found = addresses.size() > some.size() ? Found.SILENT : Found.CLOSED;
        for (InetAddress address : some) {
            Found one = one(address, port, each);
            if (one == Found.OPEN) {
                return one;
            }
            found = one == Found.SILENT ? one : found;
        }
        return found;
    }

    private static Found one(InetAddress address, int port, int milliseconds) {
        try (Socket socket = new Socket(java.net.Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(address, port), milliseconds);
            return Found.OPEN;
        } catch (ConnectException e) {
            boolean refused = String.valueOf(e.getMessage()).contains("refused");
            return refused ? Found.CLOSED : Found.SILENT;
        } catch (IOException e) {
            return Found.SILENT;
        }
    }
}
