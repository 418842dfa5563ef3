package dev.sweepback.adapter.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where names lead to, for who opens sockets without HTTP: link-local addresses and metadata services are refused here too. */
public final class HarmlessAddresses {

    private HarmlessAddresses() {}

    /** @throws UnknownHostException if there are none, or one is refused; the message is a sentence without end */
    public static List<InetAddress> of(String host) throws UnknownHostException {
        try {
            return List.of(new GuardedDnsResolver().resolve(host));
        } catch (GuardedDnsResolver.RefusedAddress e) {
            throw new UnknownHostException(host + " leads to a link-local or metadata address; nothing was sent");
        } catch (UnknownHostException e) {
            throw new UnknownHostException("the name of " + host + " cannot be resolved");
        }
    }

    public static boolean isHarmless(InetAddress address) {
        try {
            return !GuardedDnsResolver.refused(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
