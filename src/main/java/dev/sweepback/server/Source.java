package dev.sweepback.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who sends: the peer of the socket, or whom the proxy before this machine saw. */
final class Source {

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String V4 = BYTE + "(?:[.]" + BYTE + "){3}";

    /** With a colon in it, so that it is never taken for a name that could be looked up. */
    private static final String V6 = "(?=[^:]{0,4}:)[0-9a-fA-F:.]{2,45}";

    private static final String PORT = "(?::[0-9]{1,5})?";
    private static final Pattern ADDRESS =
            Pattern.compile("(" + V4 + ")" + PORT + "|(" + V6 + ")(?:%.*)?|\\[(" + V6 + ")]" + PORT);

    /** Of an IPv6 address: what follows is for its holder to choose. */
    private static final int NETWORK_BYTES = 8;

    private Source() {}

    /**
     * The last element is what the nearest proxy wrote; all before it is whatever the sender wrote.
     *
     * @param peer an address in digits
     * @param forwardedFor all lines of {@code X-Forwarded-For}, in order
     */
    static String of(String peer, List<String> forwardedFor) {
        Optional<InetAddress> address = parse(peer);
        if (!forwardedFor.isEmpty()
                && address.filter(InetAddress::isLoopbackAddress).isPresent()) {
            String line = forwardedFor.get(forwardedFor.size() - 1);
            address = parse(line.substring(line.lastIndexOf(',') + 1).strip()).or(() -> parse(peer));
        }
        return address.map(Source::key).orElse(peer);
    }

    /** Every host has a whole network of IPv6 addresses: they are one source. */
    private static String key(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64"
                : address.getHostAddress();
    }

    private static Optional<InetAddress> parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    return Optional.of(InetAddress.getByName(
                            group == 1 ? matcher.group(group) : "[" + matcher.group(group) + "]"));
                }
            }
        } catch (UnknownHostException e) {
            // It looks like an address, and is none.
        }
        return Optional.empty();
    }
}
