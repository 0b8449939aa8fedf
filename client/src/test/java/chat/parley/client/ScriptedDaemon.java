package chat.parley.client;

import chat.parley.client.link.ServerAddress;
import chat.parley.daemon.admin.DevelopmentCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A TLS peer that does exactly what a test says, one script for each connection, on a free port of
/// this machine. By the JDK's TLS, so that ours is tried against another's.
public final class ScriptedDaemon implements AutoCloseable {

    /// What happens on one connection. Returning closes it.
    public interface Script {
        void run(Peer peer) throws IOException;
    }

    /// The other end of one connection. What the client said is kept.
    public final class Peer {

        private final SSLSocket socket;
        private final BufferedReader in;

        private Peer(SSLSocket socket) throws IOException {
            this.socket = socket;
            this.in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        public void says(String... lines) throws IOException {
            var all = new StringBuilder();
            for (var line : lines) {
                all.append(line).append("\r\n");
            }
            socket.getOutputStream().write(all.toString().getBytes(StandardCharsets.UTF_8));
        }

        public void saysBytes(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /// The next line that begins so, after its tags; others before it are passed over.
        public String hears(String beginning) throws IOException {
            while (true) {
                var line = in.readLine();
                if (line == null) {
                    throw new IOException("ended while waiting for " + beginning);
                }
                heard.add(line);
                if (withoutTags(line).startsWith(beginning)) {
                    return line;
                }
            }
        }

        /// Reads until the client is gone.
        public void waitsForTheEnd() throws IOException {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
            }
        }

        /// A whole login with all that the client likes, and no channel.
        public void logsIn(String nick) throws IOException {
            logsIn(nick, "");
        }

        /// The same, with more to like.
        public void logsIn(String nick, String besides) throws IOException {
            offers(
                    ("sasl=PLAIN server-time message-tags echo-message batch labeled-response "
                                    + besides)
                            .strip());
            hears("AUTHENTICATE PLAIN");
            says("AUTHENTICATE +");
            hears("AUTHENTICATE ");
            says(
                    ":d.test 900 * * " + nick + " :You are now logged in",
                    ":d.test 903 * :SASL authentication successful");
            hears("CAP END");
            says(
                    ":d.test 001 " + nick + " :Welcome, " + nick,
                    ":d.test 005 " + nick + " CHANTYPES=# PREFIX=(ov)@+ :are supported",
                    ":d.test 422 " + nick + " :no motd");
        }

        /// The beginning of a login, up to what is offered and asked for.
        public void offers(String capabilities) throws IOException {
            hears("CAP LS");
            hears("USER ");
            says(":d.test CAP * LS :" + capabilities);
            var asked = hears("CAP REQ :");
            says(":d.test CAP * ACK :" + asked.substring("CAP REQ :".length()));
        }

        /// Joins the client to a channel, unasked.
        public void joins(String nick, String channel) throws IOException {
            says(
                    ":" + nick + "!" + nick + "@h JOIN " + channel,
                    ":d.test 353 " + nick + " = " + channel + " :@ann " + nick,
                    ":d.test 366 " + nick + " " + channel + " :End");
        }

        /// Echoes the next message, as kept.
        public String echoes(String nick) throws IOException {
            var line = hears("PRIVMSG ");
            var tags = line.startsWith("@") ? line.substring(0, line.indexOf(' ')) : "@x=y";
            says(
                    tags
                            + ";msgid=m"
                            + heard.size()
                            + " :"
                            + nick
                            + "!"
                            + nick
                            + "@h "
                            + withoutTags(line));
            return withoutTags(line);
        }

        /// Ends the connection without a word of TLS.
        public void drops() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final SSLServerSocket server;
    private final Deque<Script> scripts;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Thread thread;

    public ScriptedDaemon(DevelopmentCertificate certificate, Script... scripts)
            throws GeneralSecurityException, IOException {
        this(certificate.key(), certificate.certificate(), scripts);
    }

    public ScriptedDaemon(KeyPair key, X509Certificate certificate, Script... scripts)
            throws GeneralSecurityException, IOException {
        this.scripts = new ArrayDeque<>(List.of(scripts));
        this.server =
                (SSLServerSocket)
                        context(key, certificate)
                                .getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.thread = Thread.ofVirtual().name("scripted daemon").start(this::serve);
    }

    /// By the name in its certificate.
    public ServerAddress address() {
        return new ServerAddress("localhost", server.getLocalPort());
    }

    /// All lines the client said, on all connections.
    public List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!scripts.isEmpty() && !server.isClosed()) {
            try (var socket = (SSLSocket) server.accept()) {
                var script = scripts.removeFirst();
                script.run(new Peer(socket));
            } catch (IOException e) {
                failures.add(e); // a test that cares asks
            }
        }
    }

    /// Waits until every script was played.
    public void finish() throws InterruptedException {
        thread.join();
    }

    /// What went wrong on this side, such as a client that went away in the middle.
    public List<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /// The certificate as a PEM file for `--ca`.
    public static Path pem(X509Certificate certificate, Path file)
            throws GeneralSecurityException, IOException {
        var base64 = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return Files.writeString(
                file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    private static String withoutTags(String line) {
        return line.startsWith("@") ? line.substring(line.indexOf(' ') + 1) : line;
    }

    private static SSLContext context(KeyPair key, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", key.getPrivate(), new char[0], new Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
