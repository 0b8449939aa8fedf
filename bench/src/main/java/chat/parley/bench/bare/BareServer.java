package chat.parley.bench.bare;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.tls.ApplicationProtocol;
import chat.parley.daemon.tls.ServerTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// Bouncy Castle's own server socket, set up as the daemon's TLS is, and a [Hash]: shakes hands,
/// reads one line with a number, hashes so often, writes one line, closes. One peer after the
/// other, all on the thread that calls [#serve].
final class BareServer implements AutoCloseable {

    private static final int WAITING = 128;
    private static final int PATIENCE_MILLIS = 30_000;

    private final ServerTls tls;
    private final Hash hash;
    private final SSLServerSocket socket;

    /// @param port where it listens; 0 for any
    BareServer(ServerTls tls, DaemonConfig.Argon2 price, int port) throws IOException {
        this.tls = tls;
        hash = new Hash(price);
        socket = (SSLServerSocket) tls.context().getServerSocketFactory().createServerSocket();
        socket.setSSLParameters(tls.parameters());
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAITING);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    /// Until it is closed.
    void serve() {
        while (!socket.isClosed()) {
            try (var peer = (SSLSocket) socket.accept()) {
                serve(peer);
            } catch (IOException _) {
                // who left early, or looked whether anybody listens
            }
        }
    }

    private void serve(SSLSocket peer) throws IOException {
        peer.setTcpNoDelay(true);
        peer.setSoTimeout(PATIENCE_MILLIS);
        tls.finish(peer, ApplicationProtocol.IRC);
        peer.startHandshake();
        var in =
                new BufferedReader(
                        new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
        var asked = in.readLine();
        if (asked != null) {
            peer.getOutputStream().write(answer(asked).getBytes(StandardCharsets.UTF_8));
        }
    }

    private String answer(String asked) {
        var times = Integer.parseInt(asked);
        for (var i = 0; i < times; i++) {
            if (!hash.isRight()) {
                return "WRONG\r\n";
            }
        }
        return "HASHED " + times + "\r\n";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
