package io.leeway.drift.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Which addresses may be posted to. A name is resolved once and the address that was judged is the one that is connected to, so that
 * a name that answers otherwise the next time gains nothing.
 *
 * @see "IANA IPv4 and IPv6 Special-Purpose Address Registries"
 */
final class Addresses {
    private Addresses() {}

    /** Gives the addresses of a name; {@link InetAddress#getAllByName} outside of tests. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * The address to connect to.
     *
     * @param internalAllowed whether addresses of this machine and of private networks are, too; without TLS only those are
     * @throws RefusedException if any address of the name is not allowed
     */
    static InetAddress resolve(Target target, boolean internalAllowed, Resolver resolver) throws UnknownHostException {
        InetAddress[] all = resolver.resolve(target.host());
        boolean anyInternal = Arrays.stream(all).anyMatch(Addresses::isInternal);
        if (anyInternal && !internalAllowed) {
            throw new RefusedException("must not be an internal address: host=" + target.host());
        }
        if (!target.secure() && !Arrays.stream(all).allMatch(Addresses::isInternal)) {
            throw new RefusedException("must be https outside of internal networks: host=" + target.host());
        }
        return all[0];
    }

    /** Anything but a public unicast address, also where such an address is wrapped into another. */
    static boolean isInternal(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isInternal4(bytes, 0) : isInternal6((Inet6Address) address, bytes);
    }

    private static boolean isInternal4(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        return a == 0
                || a == 10
                || a == 127
                || a >= 224
                || a == 100 && (b & 0xc0) == 64
                || a == 169 && b == 254
                || a == 172 && (b & 0xf0) == 16
                || a == 192 && b == 168
                || a == 192 && b == 0 && (c == 0 || c == 2)
                || a == 198 && (b & 0xfe) == 18
                || a == 198 && b == 51 && c == 100
                || a == 203 && b == 0 && c == 113;
    }

    private static boolean isInternal6(Inet6Address address, byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        if (address.isIPv4CompatibleAddress() || isMapped(bytes)) {
            return isInternal4(bytes, 12);
        }
        if (first == 0x64 && second == 0xff9b) { // NAT64; its local-use prefix differs in the third group.
            return bytes[4] != 0 || bytes[5] != 0 || isInternal4(bytes, 12);
        }
        if (first == 0x2002) { // 6to4 carries an IPv4 address.
            return isInternal4(bytes, 2);
        }
        boolean global = (first & 0xe000) == 0x2000;
        boolean documentation = first == 0x2001 && second == 0x0db8;
        boolean teredo = first == 0x2001 && second == 0;
        return !global || documentation || teredo;
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return (bytes[10] & 0xff) == 0xff && (bytes[11] & 0xff) == 0xff;
    }
}
