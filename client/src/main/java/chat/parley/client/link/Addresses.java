package chat.parley.client.link;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/// By what addresses this machine is in which networks: when they change, a connection is dead more
/// often than not, and nobody says so. One thread.
public final class Addresses {

    private Set<String> last = now();

    /// Whether they are others than when this was asked before. A machine that just lost its
    /// network has not moved yet.
    public boolean haveChanged() {
        var now = now();
        if (now.isEmpty() || now.equals(last)) {
            return false;
        }
        last = now;
        return true;
    }

    private static Set<String> now() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                    .map(one -> one.getHostAddress())
                    .collect(Collectors.toSet());
        } catch (SocketException _) { // then nothing is known, and silence will tell
            return Set.of();
        }
    }
}
