package dev.sweepback.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that tunnels to one port of this machine, whatever host it is asked for, and may ask who comes. */
final class ForwardProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final Optional<String> login;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** @param login {@code user:password}; anybody may come without it */
    ForwardProxy(int target, Optional<String> login) throws IOException {
        this.target = target;
        this.login = login;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        begin(() -> {
            while (true) {
                Socket client = socket.accept();
                begin(() -> serve(client));
            }
        });
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** All that was said to the proxy itself, one text for each request. */
    List<String> heads() {
        return heads;
    }

    private interface Part {
        void play() throws IOException;
    }

    private static void begin(Part part) {
        Thread thread = new Thread(
                () -> {
                    try {
                        part.play();
                    } catch (IOException e) {
                        // one of the two has hung up
                    }
                },
                "forward-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            OutputStream out = client.getOutputStream();
            String head = head(client.getInputStream());
            while (!admits(head)) {
                out.write(
                        text("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"));
                head = head(client.getInputStream());
            }
            try (Socket system = new Socket(InetAddress.getLoopbackAddress(), target)) {
                out.write(text("HTTP/1.1 200 Connected\r\n\r\n"));
                begin(() -> system.getInputStream().transferTo(out));
                client.getInputStream().transferTo(system.getOutputStream());
            }
        }
    }

    private boolean admits(String head) {
        String expected = "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(text(login.orElse("")));
        return login.isEmpty() || head.contains(expected);
    }

    private String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client has hung up");
            }
            head.append((char) next);
        }
        heads.add(head.toString());
        return head.toString();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
