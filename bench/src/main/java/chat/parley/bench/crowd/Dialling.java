package chat.parley.bench.crowd;

import chat.parley.bench.wire.Loop;
import chat.parley.bench.wire.TlsLink;
import chat.parley.bench.wire.Trusting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/// Where the server is and how to reach it.
///
/// Sessions at a server of this machine come from addresses of the loopback network of their own,
/// so that no limit on one address is met. Any thread.
public final class Dialling {

    private final InetSocketAddress server;
    private final SSLContext tls = Trusting.context();

    public Dialling(InetSocketAddress server) {
        this.server = server;
    }

    public InetSocketAddress server() {
        return server;
    }

    TlsLink open(Loop loop, String account, TlsLink.Listener listener) throws IOException {
        var from = server.getAddress().isLoopbackAddress() ? addressOf(account) : null;
        return TlsLink.open(loop, tls, server, from, listener);
    }

    /// One of 62,500, by the account's number.
    static InetSocketAddress addressOf(String account) throws IOException {
        var number = Math.floorMod(numberOf(account), 62_500);
        var address = new byte[] {127, 1, (byte) (number / 250), (byte) (1 + number % 250)};
        return new InetSocketAddress(InetAddress.getByAddress(address), 0);
    }

    private static int numberOf(String account) {
        var digits = account.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? account.hashCode() : (int) (Long.parseLong(digits) % 62_500);
    }
}
