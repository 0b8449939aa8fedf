package chat.parley.daemon.auth;

import chat.parley.daemon.limit.Network;
import java.net.InetAddress;
import java.util.Optional;

/// Where somebody logs in from, and with what in hand.
///
/// @param key the fingerprint of the key of the client certificate that they have shown; TLS has
///   proved that they hold it, so whoever logs in with it again is on the same device
public record Origin(InetAddress address, Optional<String> key) {

    private static final String KEY = "key ";

    public static Origin of(InetAddress address) {
        return new Origin(address, Optional.empty());
    }

    Network network() {
        return Network.of(address);
    }

    /// The network, as it is written down.
    String networkPlace() {
        return network().toString();
    }

    /// The device, as it is written down.
    Optional<String> devicePlace() {
        return key.map(fingerprint -> KEY + fingerprint);
    }

    /// Which of the two such a place is.
    static boolean isDevice(String place) {
        return place.startsWith(KEY);
    }
}
