package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.parley.protocol.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One thread at a time encrypts: a peer that says goodbye while we write never sees a bad record.
class GatedSocketTest {

    @Nested
    class A_goodbye_that_meets_a_writer {

        @Test
        @Timeout(120)
        void breaks_no_record() throws Exception {
            race(40);
        }

        @Test
        @Tag("long")
        void breaks_no_record_in_ten_thousand_rounds() throws Exception {
            race(10_000);
        }
    }

    private static void race(int rounds) throws Exception {
        var identity = Certificates.selfSigned(Certificates.key(), 1);
        try (var server = server(identity)) {
            for (var round = 0; round < rounds; round++) {
                var atPeer = CompletableFuture.supplyAsync(() -> sayGoodbyeAndRead(server));
                talk(new ServerAddress("localhost", server.getLocalPort()), identity);
                assertEquals(Optional.empty(), result(atPeer), "round " + round);
            }
        }
    }

    /// The peer: goodbye after the first bytes, then reads to the end. What was wrong with a
    /// record.
    private static Optional<String> sayGoodbyeAndRead(SSLServerSocket server) {
        try (var socket = (SSLSocket) server.accept()) {
            var buffer = new byte[16_384];
            var count = socket.getInputStream().read(buffer);
            socket.shutdownOutput(); // close_notify, and the other direction stays open
            while (count >= 0) {
                count = socket.getInputStream().read(buffer);
            }
            return Optional.empty();
        } catch (SSLException e) {
            var words = String.valueOf(e.getMessage());
            // An end without goodbye is an end; anything else is a record that did not decrypt.
            return words.contains("close") || words.contains("reset") || words.contains("pipe")
                    ? Optional.empty()
                    : Optional.of(words);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The client: one thread reads, this one writes until it cannot.
    private static void talk(ServerAddress server, Certificates.Identity identity)
            throws IOException, InterruptedException {
        var plain = new GatedSocket();
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        var judge = new Judge(server, new Trust.Pin(Fingerprint.of(identity.certificate())));
        var tls = TlsClient.over(plain, server, judge, Optional.empty());
        tls.startHandshake();
        plain.leave();
        var wire =
                new Wire(
                        plain,
                        tls,
                        Security.of("", "", Optional.empty(), identity.certificate(), ""));
        var reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                while (wire.next().isPresent()) {}
                            } catch (IOException _) {
                                // the end
                            }
                        });
        var message = List.of(Message.of("PRIVMSG", "#lobby", "x".repeat(300)));
        try {
            for (var i = 0; i < 2_000; i++) {
                wire.send(message);
            }
        } catch (IOException _) {
            // the goodbye was seen
        } finally {
            wire.abort();
            reader.join();
        }
    }

    private static <T> T result(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException {
        return future.get();
    }

    private static SSLServerSocket server(Certificates.Identity identity)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "key",
                identity.key().getPrivate(),
                new char[0],
                new Certificate[] {identity.certificate()});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }
}
