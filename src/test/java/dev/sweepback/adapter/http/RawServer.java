package dev.sweepback.adapter.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each connection with the next of the given scripts, byte for byte, then closes it. */
final class RawServer implements AutoCloseable {

    interface Script {
        void play(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    RawServer(Script... scripts) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(() -> serve(scripts), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    static Script text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    static Script answer(int status, String headers, String body) {
        return text("HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length() + "\r\n" + headers + "\r\n" + body);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** The first line of each request. */
    List<String> requests() {
        return requests;
    }

    private void serve(Script... scripts) {
        for (Script script : scripts) {
            try (Socket accepted = socket.accept()) {
                read(accepted);
                script.play(accepted.getOutputStream());
                accepted.getOutputStream().flush();
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void read(Socket accepted) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = reader.readLine();
        if (line == null) {
            throw new SocketException("no request");
        }
        requests.add(line);
        while (line != null && !line.isEmpty()) {
            line = reader.readLine();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
