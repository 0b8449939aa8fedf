package chat.parley.daemon.listen;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.limit.AddressLimiter;
import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.observe.AuditLog;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.session.Connection;
import chat.parley.daemon.session.Stage;
import chat.parley.daemon.tls.ApplicationProtocol;
import chat.parley.daemon.tls.ServerTls;
import chat.parley.daemon.tls.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A real acceptor on a free port, and peers that knock at it. Its sessions do nothing: the test
/// takes each [Session] and plays it.
final class Door implements AutoCloseable {

    /// A connection after its handshake. Its session lasts until the test closes it.
    record Session(Connection connection, AddressLimiter.Permit permit, CountDownLatch over)
            implements AutoCloseable {

        @Override
        public void close() {
            over.countDown();
        }
    }

    /// How long a test waits for what must happen, before it fails.
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final DaemonConfig.Connections MANY =
            new DaemonConfig.Connections(1000, 1000, 1000, 1000);

    final Deadlines deadlines = new Deadlines();
    final AddressLimiter limiter;
    private final SSLContext trusting = trusting();
    private final Acceptor acceptor;
    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();

    static Door open(Path keys) throws IOException {
        return open(keys, PATIENCE, MANY);
    }

    static Door open(Path keys, Duration handshakeWithin, DaemonConfig.Connections limits)
            throws IOException {
        try {
            var server = new TlsServerSocket(ServerTls.of(new DaemonConfig.Tls(TestKeys.in(keys))));
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new Door(server, handshakeWithin, limits);
        } catch (ConfigProblem e) {
            throw new AssertionError(e);
        }
    }

    /// With certificates of the test's own.
    static Door open(ServerTls tls, ApplicationProtocol protocol) throws IOException {
        var server = new TlsServerSocket(tls, protocol);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Door(server, PATIENCE, MANY);
    }

    Door(TlsServerSocket server, Duration handshakeWithin, DaemonConfig.Connections limits) {
        this(server, handshakeWithin, limits, Optional.empty());
    }

    /// @param other what becomes of a peer, if not the test plays it
    Door(
            TlsServerSocket server,
            Duration handshakeWithin,
            DaemonConfig.Connections limits,
            Optional<SessionStarter> other) {
        limiter = new AddressLimiter(limits);
        acceptor =
                new Acceptor(
                        server,
                        limiter,
                        new Handshake(deadlines, handshakeWithin),
                        other.orElse(this::session),
                        new Refusals(new AuditLog(), new Metrics()));
        acceptor.start();
    }

    private Optional<Stage> session(Connection connection, AddressLimiter.Permit permit)
            throws InterruptedException {
        var session = new Session(connection, permit, new CountDownLatch(1));
        sessions.add(session);
        session.over().await();
        return Optional.empty();
    }

    /// The next session that began.
    Session session() throws InterruptedException {
        var session = sessions.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no session began");
        }
        return session;
    }

    int port() {
        return acceptor.port();
    }

    Socket plainPeer() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), acceptor.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true); // or the second small record of a flight waits 40 ms
        return socket;
    }

    /// A peer that speaks the JDK's TLS, which is strict about each record, and trusts anybody.
    SSLSocket peer(String... protocols) throws IOException {
        return peer(plainPeer(), protocols);
    }

    /// The same over a connection that exists, so that a test can also send what no TLS would.
    SSLSocket peer(Socket plain, String... protocols) throws IOException {
        var factory = trusting.getSocketFactory();
        var socket = (SSLSocket) factory.createSocket(plain, "localhost", plain.getPort(), true);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    void acceptNobody() throws IOException {
        acceptor.close();
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
        sessions.forEach(Session::close);
        deadlines.close();
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
