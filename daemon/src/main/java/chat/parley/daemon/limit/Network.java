package chat.parley.daemon.limit;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/// What one holder can have as many addresses of as it likes counts as one: an IPv4 address, an
/// IPv6 /64.
public record Network(int family, long prefix) {

    public static Network of(InetAddress address) {
        var bytes = address.getAddress();
        var prefix =
                bytes.length == 4
                        ? ByteBuffer.wrap(bytes).getInt()
                        : ByteBuffer.wrap(bytes).getLong();
        return new Network(bytes.length, prefix);
    }
}
