package chat.parley.bench.bare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.bench.crowd.Calls;
import chat.parley.daemon.admin.DevelopmentCertificate;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.config.DaemonConfig.Tls;
import chat.parley.daemon.observe.Logs;
import chat.parley.daemon.tls.ServerTls;
import chat.parley.protocol.ByteSize;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BareServerTest {

    private static final DaemonConfig.Argon2 CHEAP =
            new DaemonConfig.Argon2(new ByteSize(64 * 1024), 1, 1);

    @TempDir private Path folder;
    private BareServer server;
    private Calls calls;

    @BeforeEach
    void serve() throws IOException, GeneralSecurityException, ConfigProblem {
        Logs.quiet(); // Bouncy Castle tells of every handshake
        var keystore = new Tls(new Tls.Pkcs12(keystore(), Optional.empty()));
        server = new BareServer(ServerTls.of(keystore), CHEAP, 0);
        Thread.ofPlatform().name("bare").daemon().start(server::serve);
        calls = new Calls(server.address());
    }

    private Path keystore() throws IOException, GeneralSecurityException {
        var made = DevelopmentCertificate.of(List.of("localhost"), 1);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "bench",
                made.key().getPrivate(),
                new char[0],
                new X509Certificate[] {made.certificate()});
        var file = folder.resolve("bench.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, new char[0]);
        }
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void stop() throws IOException {
        calls.close();
        server.close();
    }

    @Test
    void it_hashes_as_often_as_it_is_asked_to_and_says_so() throws Exception {
        assertTrue(calls.ask("0", "HASHED 0", 1) > 0);
        assertTrue(calls.ask("3", "HASHED 3", 2) > 0);
    }

    @Test
    void another_answer_than_the_one_asked_for_is_none() {
        var refused =
                assertThrows(IOException.class, () -> calls.ask("1", "HASHED 2", 1)).getMessage();

        assertEquals("not answered: java.io.IOException: closed by the server", refused);
    }

    @Test
    void it_serves_on_when_somebody_goes_without_a_handshake() throws Exception {
        new Socket(server.address().getAddress(), server.address().getPort()).close();

        assertTrue(calls.ask("1", "HASHED 1", 1) > 0);
    }
}
