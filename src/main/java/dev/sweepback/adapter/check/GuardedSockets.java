package dev.sweepback.adapter.check;

import dev.sweepback.adapter.http.HarmlessAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Sockets that refuse link-local and metadata addresses, for the database driver, which makes this by its name. */
public final class GuardedSockets extends SocketFactory {

    private static final class Guarded extends Socket {

        Guarded() {
            super(Proxy.NO_PROXY);
        }

        @Override
        public void connect(SocketAddress place) throws IOException {
            connect(place, 0);
        }

        @Override
        public void connect(SocketAddress place, int milliseconds) throws IOException {
            boolean harmless = place instanceof InetSocketAddress address
                    && !address.isUnresolved()
                    && HarmlessAddresses.isHarmless(address.getAddress());
            if (!harmless) {
                throw new IOException("the address is unknown, link-local or that of a metadata service");
            }
            super.connect(place, milliseconds);
        }
    }

    @Override
    public Socket createSocket() {
        return new Guarded();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private static Socket connected(InetSocketAddress place) throws IOException {
        Socket socket = new Guarded();
        socket.connect(place);
        return socket;
    }
}
