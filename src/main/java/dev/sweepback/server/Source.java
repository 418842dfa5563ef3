package dev.sweepback.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who sends: the peer of the socket, or whom the proxy before this machine saw. */
final class Source {

    private static final int LONGEST = 64;

    private Source() {}

    /**
     * The last element is what the nearest proxy wrote; all before it is whatever the sender wrote.
     *
     * @param peer an address in digits
     * @param forwardedFor all lines of {@code X-Forwarded-For}, in order
     */
    static String of(String peer, List<String> forwardedFor) {
        if (forwardedFor.isEmpty() || !isLoopback(peer)) {
            return peer;
        }
        String line = forwardedFor.get(forwardedFor.size() - 1);
        String last = line.substring(line.lastIndexOf(',') + 1).strip();
        return last.isEmpty() ? peer : last.substring(0, Math.min(LONGEST, last.length()));
    }

    private static boolean isLoopback(String peer) {
        try {
            return InetAddress.getByName(peer).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
