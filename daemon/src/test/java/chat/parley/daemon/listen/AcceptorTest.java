package chat.parley.daemon.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.tls.ServerTls;
import chat.parley.daemon.tls.TestKeys;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AcceptorTest {

    @TempDir Path keys;

    @Nested
    class When_accepting_fails {

        @Test
        void it_goes_on_trying_and_warns_once() throws Exception {
            var server = new TlsServerSocket(ServerTls.of(new DaemonConfig.Tls(TestKeys.in(keys))));
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.setSoTimeout(1); // so each accept fails after a millisecond
            try (var logged = new Logged();
                    var door = new Door(server, Door.PATIENCE, Door.MANY)) {
                assertEquals("WARN cannot accept connections", logged.next());

                server.setSoTimeout(0);
                try (var peer = door.peer()) {
                    peer.startHandshake();
                    door.session().close();
                }

                assertEquals("INFO accepting connections again", logged.next());
            }
        }
    }

    @Nested
    class A_peer_too_many {

        @Test
        void from_one_address_is_closed_at_once() throws Exception {
            try (var door =
                            Door.open(
                                    keys, Door.PATIENCE, new DaemonConfig.Connections(9, 1, 9, 9));
                    var first = door.peer()) {
                first.startHandshake();
                var session = door.session();
                try (var second = door.plainPeer()) {
                    assertEquals("closed", end(second));
                }

                session.close();
                awaitFree(door, first);
                try (var third = door.peer()) {
                    third.startHandshake();
                    door.session().close();
                }
            }
        }

        @Test
        void in_all_waits_until_another_has_gone() throws Exception {
            try (var door =
                            Door.open(
                                    keys, Door.PATIENCE, new DaemonConfig.Connections(1, 9, 9, 9));
                    var first = door.peer();
                    var second = door.peer()) {
                first.startHandshake();
                var session = door.session();
                var waiting = Thread.ofVirtual().start(() -> handshake(second));

                session.close();

                door.session().close();
                waiting.join();
            }
        }

        private static void handshake(SSLSocket peer) {
            try {
                peer.startHandshake();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /// The daemon closes the connection first and frees its place a moment later.
        private static void awaitFree(Door door, Socket gone) throws IOException {
            end(gone);
            while (door.limiter.inUse() > 1) {
                Thread.onSpinWait();
            }
        }

        static String end(Socket peer) throws IOException {
            try {
                return peer.getInputStream().read() < 0 ? "closed" : "told something";
            } catch (SocketException _) {
                return "closed";
            }
        }
    }

    @Nested
    class A_session_that_breaks {

        /// Not by an exception that anybody expects: a class that is gone, say.
        @Test
        void gives_up_connection_and_permit() throws Exception {
            var server = new TlsServerSocket(ServerTls.of(new DaemonConfig.Tls(TestKeys.in(keys))));
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SessionStarter breaking =
                    (_, _) -> {
                        throw new NoClassDefFoundError("tried");
                    };
            try (var door = new Door(server, Door.PATIENCE, Door.MANY, Optional.of(breaking));
                    var peer = door.peer()) {
                peer.startHandshake();

                assertEquals("closed", A_peer_too_many.end(peer));
                while (door.limiter.inUse() > 1) { // one is the acceptor's own, for the next
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Nested
    class After_it_is_closed {

        @Test
        void nobody_gets_in() throws Exception {
            try (var door = Door.open(keys)) {
                door.acceptNobody();

                assertThrows(ConnectException.class, door::plainPeer);
            }
        }
    }

    /// What the acceptor logs, from now on.
    private static final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final Logger logger = (Logger) LoggerFactory.getLogger(Acceptor.class);
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Logged() {
            start();
            logger.setLevel(Level.INFO); // whatever a test of the admin's tools has quieted
            logger.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                lines.add(event.getLevel() + " " + event.getMessage());
            }
        }

        String next() throws InterruptedException {
            return lines.take();
        }

        @Override
        public void close() {
            logger.detachAppender(this);
            logger.setLevel(null);
        }
    }
}
