package dev.sweepback.adapter.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Refuses link-local addresses and the metadata services of clouds, which hand out credentials, whatever name leads to
 * them. The decision is made on the very addresses that are then connected to.
 *
 * <p>Where a proxy leads to the system, the proxy's own name is resolved here, and the system's name by the proxy, unseen. What holds
 * then: the system's url is https, so whatever the proxy connects to must prove that name by a trusted certificate before anything is
 * sent, which metadata services cannot; and an address that is written as a number is {@linkplain #requireHarmless refused} before the
 * proxy is asked.
 */
final class GuardedDnsResolver implements DnsResolver {

    /** Literal addresses, so that asking for them needs no look-up: AWS, Google, Alibaba, Oracle, Azure. */
    private static final Set<InetAddress> METADATA = Set.of(
            literal("fd00:ec2::254"),
            literal("fd20:ce::254"),
            literal("100.100.100.200"),
            literal("192.0.0.192"),
            literal("168.63.129.16"));

    /** In brackets, or with a number as its last part: then it is no name. */
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

    static final class RefusedAddress extends UnknownHostException {
        private static final long serialVersionUID = 1;

        RefusedAddress(String host) {
            super(host);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        for (InetAddress address : addresses) {
            if (refused(address)) {
                throw new RefusedAddress(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }

    /**
     * Refuses a host that is written as an address and would be refused when connected to; a name is not looked up.
     *
     * @param host as in a url
     * @throws UnknownHostException also for what looks like an address and cannot be read as one: somebody else might
     */
    static void requireHarmless(String host) throws UnknownHostException {
        if (ADDRESS.matcher(host).matches()) {
            for (InetAddress address : SystemDefaultDnsResolver.INSTANCE.resolve(host)) {
                if (refused(address)) {
                    throw new RefusedAddress(host);
                }
            }
        }
    }

    static boolean refused(InetAddress address) throws UnknownHostException {
        if (address.isLinkLocalAddress() || address.isMulticastAddress() || METADATA.contains(address)) {
            return true;
        }
        return address instanceof Inet6Address && embedsIpv4(address.getAddress()) && refused(embedded(address));
    }

    /** IPv4-compatible (::a.b.c.d) and the well-known NAT64 prefix (64:ff9b::a.b.c.d). */
    private static boolean embedsIpv4(byte[] bytes) {
        boolean zero = true;
        for (int index = 4; index < 12; index++) {
            zero &= bytes[index] == 0;
        }
        boolean compatible = bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0;
        boolean translated = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
        return zero && (compatible || translated);
    }

    private static InetAddress embedded(InetAddress address) throws UnknownHostException {
        return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a literal address needs no look-up", e);
        }
    }
}
