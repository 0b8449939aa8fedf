package chat.parley.daemon.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/// Somebody who tries passwords, over TLS, from an address of the loopback network.
///
/// Belongs to one thread.
final class Stranger implements AutoCloseable {

    private final SSLSocket socket;
    private final BufferedReader in;

    /// @param number which network they are on: below 250 * 250 for each second byte
    Stranger(int port, int second, int number) throws IOException {
        var plain = new Socket();
        plain.setTcpNoDelay(true);
        var address =
                new byte[] {
                    127, (byte) second, (byte) (number / 250 % 250), (byte) (1 + number % 250)
                };
        plain.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
        socket =
                (SSLSocket)
                        Crowd.Trusting.CONTEXT
                                .getSocketFactory()
                                .createSocket(plain, "localhost", port, true);
        socket.startHandshake();
        in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Tries one, and waits for the answer.
    ///
    /// @return its numeric: 464 for no, 900 for yes
    String login(String account, String password) throws IOException {
        var line = "LOGIN " + account + " " + password + "\r\n";
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        for (var answer = in.readLine(); answer != null; answer = in.readLine()) {
            var word = answer.split(" ", 3)[1];
            if (word.equals("464") || word.equals("900")) {
                return answer.contains("Login failed")
                        ? "464"
                        : word.equals("900") ? word : "later";
            }
        }
        throw new IOException("closed");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
