package chat.parley.bench.visit;

import chat.parley.bench.crowd.LoginWay;
import chat.parley.bench.wire.Trusting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// One session that waits for each answer. Belongs to one thread; closing it frees that thread.
public final class Visitor implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final SSLContext TLS = Trusting.context();

    /// What a password came to.
    public enum Answer {
        IN,
        WRONG,
        /// Nobody has looked at it.
        LATER
    }

    private final SSLSocket socket;
    private final OutputStream out;
    private final BufferedReader in;

    /// @param second the second byte of the loopback address to come from
    /// @param number the rest of it, below 62,500
    public Visitor(InetSocketAddress server, int second, int number) throws IOException {
        var plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.bind(new InetSocketAddress(address(second, number), 0));
            plain.connect(server, PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            var host = server.getHostString();
            socket =
                    (SSLSocket)
                            TLS.getSocketFactory()
                                    .createSocket(plain, host, server.getPort(), true);
            socket.startHandshake();
        } catch (IOException e) {
            plain.close();
            throw e;
        }
        out = socket.getOutputStream();
        in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static InetAddress address(int second, int number) throws IOException {
        var bytes =
                new byte[] {
                    127, (byte) second, (byte) (number / 250 % 250), (byte) (1 + number % 250)
                };
        return InetAddress.getByAddress(bytes);
    }

    /// Tries a password of Parley's LOGIN, and waits for the answer.
    public Answer login(String account, String password) throws IOException {
        say("LOGIN " + account + " " + password);
        while (true) {
            var line = next();
            var words = line.split(" ", 3);
            var numeric = words.length > 1 ? words[1] : "";
            if (numeric.equals("900")) {
                return Answer.IN;
            } else if (numeric.equals("464")) {
                return line.contains("Login failed") ? Answer.WRONG : Answer.LATER;
            }
        }
    }

    /// Logs in with the password of an account that was made for a measurement.
    public void enter(String account) throws IOException {
        var answer = login(account, LoginWay.password(account));
        if (answer != Answer.IN) {
            throw new IOException(account + " was answered with " + answer);
        }
    }

    public void say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /// The next line; PING is answered and passed over.
    public String next() throws IOException {
        while (true) {
            var line = in.readLine();
            if (line == null) {
                throw new IOException("closed by the server");
            }
            if (!line.startsWith("PING ") && !line.contains(" PING ")) {
                return line;
            }
            say("PONG " + line.substring(line.indexOf("PING ") + 5));
        }
    }

    /// Waits for a line that has this in it.
    public String until(String part) throws IOException {
        while (true) {
            var line = next();
            if (line.contains(part)) {
                return line;
            }
            if (line.contains(" FAIL ") || line.startsWith("ERROR ")) {
                throw new IOException(line);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
