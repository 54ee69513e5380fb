package io.leeway.drift.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    private static final Target HTTPS = Target.of("https://alerts.example.com/hook");
    private static final Target HTTP = Target.of("http://alerts.example.com/hook");

    private static Addresses.Resolver gives(String... addresses) {
        return host -> {
            InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses[i]);
            }
            return all;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "fec0::1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2001:db8::1",
                "2001:0:1::1",
                "100::1"
            })
    void knowsWhatIsNotForTheWorld(String address) throws UnknownHostException {
        assertThat(Addresses.isInternal(InetAddress.getByName(address))).isTrue();
        assertThatThrownBy(() -> Addresses.resolve(HTTPS, false, gives(address)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("must not be an internal address");
        assertThat(Addresses.resolve(HTTP, true, gives(address))).isEqualTo(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "192.1.0.1",
                "223.255.255.255",
                "2600::1",
                "64:ff9b::808:808",
                "2002:808:808::"
            })
    void knowsWhatIs(String address) throws UnknownHostException {
        assertThat(Addresses.isInternal(InetAddress.getByName(address))).isFalse();
        assertThat(Addresses.resolve(HTTPS, false, gives(address))).isEqualTo(InetAddress.getByName(address));
        assertThatThrownBy(() -> Addresses.resolve(HTTP, true, gives(address)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("must be https");
    }

    @Test
    void oneInternalAddressAmongOthersIsEnoughToRefuse() {
        assertThatThrownBy(() -> Addresses.resolve(HTTPS, false, gives("8.8.8.8", "127.0.0.1")))
                .isInstanceOf(RefusedException.class);
    }
}
