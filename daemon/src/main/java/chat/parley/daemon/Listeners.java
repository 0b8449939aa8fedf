package chat.parley.daemon;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.limit.AddressLimiter;
import chat.parley.daemon.limit.Deadlines;
import chat.parley.daemon.listen.Acceptor;
import chat.parley.daemon.listen.Handshake;
import chat.parley.daemon.listen.Refusals;
import chat.parley.daemon.listen.SessionStarter;
import chat.parley.daemon.listen.TlsServerSocket;
import chat.parley.daemon.session.Connection;
import chat.parley.daemon.session.Session;
import chat.parley.daemon.session.Stage;
import chat.parley.daemon.tls.ApplicationProtocol;
import chat.parley.daemon.tls.ServerTls;
import chat.parley.daemon.websocket.WebSocketConnection;
import chat.parley.daemon.websocket.WebSocketDoor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a daemon listens: for lines, and for WebSocket if that is configured. All of it is TLS,
/// and one count of connections holds for both.
///
/// For the thread that starts and stops the daemon.
final class Listeners implements AutoCloseable {

    /// How many peers may wait to be accepted; the system may allow fewer.
    private static final int BACKLOG = 1024;

    /// All that a writer is woken with when only a pong waits.
    private static final byte[] NOTHING = {};

    private final DaemonConfig config;
    private final ServerTls tls;
    private final AddressLimiter limiter;
    private final Handshake handshake;
    private final WebSocketDoor door;
    private final Refusals refusals;
    private final List<Acceptor> forLines = new ArrayList<>();
    private final List<Acceptor> forWebSocket = new ArrayList<>();

    Listeners(DaemonConfig config, ServerTls tls, Deadlines deadlines, Refusals refusals) {
        var within = config.limits().handshakeWithin();
        this.config = config;
        this.tls = tls;
        this.refusals = refusals;
        limiter = new AddressLimiter(config.limits().connections());
        handshake = new Handshake(deadlines, within);
        door = new WebSocketDoor(config.webSocket(), deadlines, within);
    }

    /// Takes its addresses; nobody is accepted yet.
    void bind(Session.House house) throws ConfigProblem, IOException {
        for (var address : config.listen()) {
            var socket = bound(address, "listen", ApplicationProtocol.IRC);
            forLines.add(
                    acceptor(socket, (plain, permit) -> session(house, plain, permit).enter()));
        }
        for (var address : config.webSocket().listen()) {
            var socket = bound(address, "websocket.listen", ApplicationProtocol.HTTP);
            socket.setWantClientAuth(false); // asked for one, Chromium gives up
            forWebSocket.add(acceptor(socket, (plain, permit) -> startWeb(house, plain, permit)));
        }
    }

    private Optional<Stage> startWeb(
            Session.House house, Connection plain, AddressLimiter.Permit permit) {
        return door.open(plain).map(opened -> webSession(house, opened, permit)::enter);
    }

    private static Session webSession(
            Session.House house, WebSocketConnection connection, AddressLimiter.Permit permit) {
        var session = session(house, connection, permit);
        connection.wakesWriterBy(() -> session.deliver(NOTHING));
        return session;
    }

    private static Session session(
            Session.House house, Connection connection, AddressLimiter.Permit permit) {
        return new Session(house, connection, permit::loggedIn);
    }

    private Acceptor acceptor(TlsServerSocket socket, SessionStarter starter) {
        return new Acceptor(socket, limiter, handshake, starter, refusals);
    }

    /// @param key the setting that names the address
    private TlsServerSocket bound(
            InetSocketAddress address, String key, ApplicationProtocol protocol)
            throws ConfigProblem, IOException {
        var socket = new TlsServerSocket(tls, protocol);
        try {
            socket.setReuseAddress(true); // a restart need not wait for old connections
            socket.bind(address, BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new ConfigProblem(
                    key,
                    "cannot listen on " + address + ": " + e.getMessage(),
                    "choose an address of this machine and a free port, or stop what uses it");
        }
    }

    /// Connections, also those that are in their handshake.
    int connections() {
        return limiter.inUse();
    }

    /// Whether somebody accepts on every address.
    boolean isListening() {
        return all().allMatch(Acceptor::isListening);
    }

    void start() {
        all().forEach(Acceptor::start);
    }

    /// In the order of the configuration; also those the system chose.
    List<Integer> ports() {
        return forLines.stream().map(Acceptor::port).toList();
    }

    List<Integer> webSocketPorts() {
        return forWebSocket.stream().map(Acceptor::port).toList();
    }

    private Stream<Acceptor> all() {
        return Stream.concat(forLines.stream(), forWebSocket.stream());
    }

    /// Accepts nobody from now on. Again it does nothing.
    @Override
    public void close() throws IOException {
        for (var acceptor : all().toList()) {
            acceptor.close();
        }
    }
}
