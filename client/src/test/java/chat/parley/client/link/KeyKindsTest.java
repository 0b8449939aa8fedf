package chat.parley.client.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.link.Certificates.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Both sides show a certificate, with a key of each kind; the server is the JDK's.
@Timeout(60)
class KeyKindsTest {

    @TempDir private Path folder;

    static Stream<Arguments> kinds() {
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol ->
                        Stream.of("RSA", "secp256r1", "secp384r1", "Ed25519")
                                .map(kind -> Arguments.of(protocol, kind)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void both_certificates_are_understood(String protocol, String kind) throws Exception {
        var theirs = Certificates.selfSigned(Certificates.key(kind), 30, Certificates.dns("chat"));
        var ours = Certificates.selfSigned(Certificates.key(kind), 30);
        try (var server = listen(theirs, protocol);
                var plain = new GatedSocket()) {
            var seen = CompletableFuture.supplyAsync(() -> clientAt(server));
            plain.connect(server.getLocalSocketAddress());
            var address = new ServerAddress("chat", server.getLocalPort());
            var judge = new Judge(address, new Trust.Pin(Fingerprint.of(theirs.certificate())));
            var tls = TlsClient.over(plain, address, judge, Optional.of(read(ours)));
            tls.startHandshake();
            plain.leave();
            assertEquals('!', tls.getInputStream().read());
            assertEquals(ours.certificate(), seen.get());
            assertEquals(protocol, tls.getSession().getProtocol());
            assertEquals(theirs.certificate(), judge.shown().orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void who_has_the_certificate_and_not_its_key_is_not_talked_to(String protocol, String kind)
            throws Exception {
        var theirs = Certificates.selfSigned(Certificates.key(kind), 30, Certificates.dns("chat"));
        var thief = new Identity(Certificates.key(kind), theirs.certificate());
        try (var server = listen(thief, protocol);
                var plain = new GatedSocket()) {
            var seen = CompletableFuture.supplyAsync(() -> clientAt(server));
            plain.connect(server.getLocalSocketAddress());
            var address = new ServerAddress("chat", server.getLocalPort());
            var judge = new Judge(address, new Trust.Pin(Fingerprint.of(theirs.certificate())));
            var tls = TlsClient.over(plain, address, judge, Optional.empty());
            var failure = assertThrows(IOException.class, tls::startHandshake);
            var told = Trouble.shakingHands(failure, plain.first(), Optional.empty());
            assertTrue(told.startsWith("it does not hold the key of the certificate"), told);
            plain.leave();
            assertThrows(ExecutionException.class, seen::get);
        }
    }

    private static SSLServerSocket listen(Identity own, String protocol) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", own.key().getPrivate(), new char[0], new Certificate[] {own.certificate()});
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, new SecureRandom());
        var server =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {protocol});
        server.setNeedClientAuth(true);
        return server;
    }

    /// What the client showed, once it held its key.
    private static Certificate clientAt(SSLServerSocket server) {
        try (var client = (SSLSocket) server.accept()) {
            client.startHandshake();
            client.getOutputStream().write('!');
            return client.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ClientKey read(Identity own) throws IOException, GeneralSecurityException {
        var file = folder.resolve("own.pem");
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                pem("CERTIFICATE", own.certificate().getEncoded())
                        + pem("PRIVATE KEY", own.key().getPrivate().getEncoded()));
        return ClientKey.read(file, file);
    }

    private static String pem(String what, byte[] bytes) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String how) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String how) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
