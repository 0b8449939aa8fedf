package chat.parley.daemon.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Many sessions with one server, each over TLS, each a virtual thread that only counts what it
/// hears. As cheap as can be, as it shares the machine with what is measured.
final class Crowd {

    /// Stands before the text of each message, so that a listener can find its number and time.
    static final String MARK = "\u0001b";

    private static final String IN = "come-in";

    private final int port;
    private final boolean parley;
    private final String channel;
    private final LongAdder heard = new LongAdder();

    /// @param parley whether to log in; another server is only told NICK and USER
    Crowd(int port, boolean parley, String channel) {
        this.port = port;
        this.parley = parley;
        this.channel = channel;
    }

    /// How many messages were heard in all.
    long heard() {
        return heard.sum();
    }

    /// One session.
    final class Member {

        private final SSLSocket socket;
        private final OutputStream out;
        private final CountDownLatch joined = new CountDownLatch(1);
        private volatile String recently = "";
        private final LongAdder mine = new LongAdder(); // messages heard
        private volatile Optional<Stopwatch> stopwatch = Optional.empty();

        Member(String name) throws IOException {
            var plain = new Socket();
            plain.setTcpNoDelay(true);
            // Addresses of the loopback network, so that no limit on one address is met.
            var hash = Math.floorMod(name.hashCode(), 60_000);
            plain.bind(
                    new InetSocketAddress(
                            InetAddress.getByAddress(
                                    new byte[] {
                                        127, 1, (byte) (hash / 250), (byte) (1 + hash % 250)
                                    }),
                            0));
            plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
            socket =
                    (SSLSocket)
                            Trusting.CONTEXT
                                    .getSocketFactory()
                                    .createSocket(plain, "localhost", port, true);
            socket.startHandshake();
            out = socket.getOutputStream();
            if (parley) {
                say("LOGIN " + name + " " + name + "-bench-secret");
            } else {
                say("NICK " + name);
                say("USER " + name + " 0 * :" + name);
            }
            Thread.ofVirtual().name("listener-" + name).start(this::listen);
        }

        void join() throws IOException, InterruptedException {
            say("JOIN " + channel);
            say("PING " + IN); // all that coming in causes is before the answer
            if (!joined.await(1, TimeUnit.MINUTES)) {
                throw new IOException("not in " + channel + "; heard last: " + recently);
            }
        }

        long heard() {
            return mine.sum();
        }

        /// From now on it notes how long each message took; one listener's work, not everybody's.
        Stopwatch times() {
            var started = new Stopwatch();
            stopwatch = Optional.of(started);
            return started;
        }

        void say(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        private void listen() {
            try (var in = socket.getInputStream()) {
                count(in);
            } catch (IOException _) {
                // the end of the benchmark
            }
        }

        /// Messages are found by their mark, once it is in: what was missed is replayed before.
        private void count(InputStream in) throws IOException {
            var buffer = new byte[32 * 1024];
            var line = new StringBuilder(); // only what is no message
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                var marks = 0;
                for (var i = 0; i < count; i++) {
                    marks += buffer[i] == 1 ? 1 : 0;
                }
                if (stopwatch.isPresent()) {
                    stopwatch.get().heard(buffer, count, System.nanoTime());
                }
                if (marks > 0 && joined.getCount() == 0) {
                    mine.add(marks);
                    heard.add(marks);
                } else {
                    line.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                    other(line);
                }
            }
        }

        private void other(StringBuilder line) throws IOException {
            recently = line.toString();
            if (recently.contains(IN)) {
                joined.countDown();
            }
            answerPing(line);
            if (line.length() > 64 * 1024) {
                line.delete(0, line.length() - 1024);
            }
        }

        private void answerPing(StringBuilder line) throws IOException {
            var ping = line.lastIndexOf("PING "); // of ours with a source before it
            if (ping >= 0 && line.indexOf("\n", ping) > 0) {
                say("PONG " + line.substring(ping + 5, line.indexOf("\n", ping)).strip());
                line.setLength(0);
            }
        }
    }

    /// A session, connected.
    Member member(String name) throws IOException {
        return new Member(name);
    }

    static final class Trusting extends X509ExtendedTrustManager {

        static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                var context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
