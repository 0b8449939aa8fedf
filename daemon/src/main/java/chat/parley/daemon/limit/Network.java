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

    /// Such as `192.0.2.1` or `2001:db8:0:1::/64`.
    @Override
    public String toString() {
        var shift = family == 4 ? 8 : 16;
        var text = new StringBuilder();
        for (var at = shift * 3; at >= 0; at -= shift) {
            var group = prefix >>> at & (1L << shift) - 1;
            text.append(family == 4 ? Long.toString(group) : Long.toHexString(group))
                    .append(at == 0 ? "" : family == 4 ? "." : ":");
        }
        return family == 4 ? text.toString() : text.append("::/64").toString();
    }
}
