package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Account.Role;
import chat.parley.daemon.store.Certificates.Binding;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteCertificates;
import chat.parley.daemon.tls.ClientCertificate;
import chat.parley.daemon.tls.TestAuthority;
import chat.parley.daemon.tls.TestAuthority.Issued;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The files of `tls` change under a daemon that runs.
@Timeout(120)
class TlsFilesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.root("Root");

    @TempDir Path dir;

    private static X509Certificate shown(Wire wire) {
        try {
            var session = ((SSLSocket) wire.socket()).getSession();
            return (X509Certificate) session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate shown(TestDaemon daemon) {
        try (var wire = daemon.connect()) {
            return shown(wire);
        }
    }

    /// Where a test's daemon has its own.
    private static Path folder(TestDaemon daemon) {
        return ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).key().resolveSibling(".");
    }

    @Nested
    class Renewed_files {

        @Test
        void are_shown_to_whoever_connects_next_and_nobody_is_disturbed() {
            try (var daemon = new TestDaemon(dir).account("ann").account("bob");
                    var ann = daemon.login("ann");
                    var bob = daemon.login("bob")) {
                var before = shown(ann);
                assertEquals(before, shown(daemon));

                var renewed = AUTHORITY.issue(Wish.server("localhost").ofKind("RSA 2048"));
                renewed.write(folder(daemon), "daemon");
                while (shown(daemon).equals(before)) {
                    Thread.onSpinWait(); // each round is a handshake
                }

                assertEquals(renewed.chain().getFirst(), shown(daemon));
                ann.send("PRIVMSG #lobby :still here");
                bob.expect(":ann!* PRIVMSG #lobby :still here");
                assertEquals(before, shown(ann));
            }
        }

        @Test
        void are_taken_at_once_by_REHASH_and_wrong_ones_are_explained() throws Exception {
            try (var daemon = new TestDaemon(dir).account("olga", Role.OPERATOR);
                    var olga = daemon.login("olga")) {
                olga.send("OPER");
                olga.expect(":olga!* MODE olga …");
                var before = shown(daemon);
                var renewed = AUTHORITY.issue(Wish.server("localhost"));
                TestAuthority.put(folder(daemon).resolve("daemon.crt"), renewed.certificates());

                olga.send("REHASH");
                var refused = olga.expect(":parley.example FAIL REHASH CONFIG_REFUSED …");
                assertTrue(refused.contains("does not belong"), refused);
                assertEquals(before, shown(daemon));

                renewed.write(folder(daemon), "daemon");
                olga.send("REHASH");
                var taken = olga.expect(":parley.example NOTICE olga …");
                assertTrue(taken.endsWith("taken up: tls.certificate"), taken);
                assertEquals(renewed.chain().getFirst(), shown(daemon));
            }
        }
    }

    @Nested
    class Client_authorities {

        private TestDaemon daemon(Path file) {
            return new TestDaemon(dir, "parley.tls.client-authorities = \"" + file + "\"")
                    .account("ann")
                    .account("bob");
        }

        private static void bind(TestDaemon daemon, String account, Issued issued)
                throws Exception {
            var certificates =
                    new SqliteCertificates(
                            Database.prepare(daemon.config().dataDir()), Clock.systemUTC());
            var fingerprint = ClientCertificate.of(issued.chain().getFirst()).fingerprint();
            assertEquals(Binding.DONE, certificates.bind(account, fingerprint));
        }

        private static Wire connect(TestDaemon daemon, Issued issued, String version)
                throws IOException {
            var context = Wire.trusting(new KeyManager[] {new Stubborn(issued)});
            return Wire.connect(daemon.port(), InetAddress.getLoopbackAddress(), context, version);
        }

        @Test
        void decide_which_of_the_bound_certificates_open() throws Exception {
            var file = dir.resolve("authorities.pem");
            Files.writeString(file, TestAuthority.pem(AUTHORITY.certificate()));
            var anns = AUTHORITY.issue(Wish.client("ann"));
            var bobs = TestAuthority.root("Stranger").issue(Wish.client("bob"));
            var unbound = AUTHORITY.issue(Wish.client("bob"));
            try (var daemon = daemon(file)) {
                bind(daemon, "ann", anns);
                bind(daemon, "bob", bobs);
                for (var version : new String[] {"TLSv1.3", "TLSv1.2"}) {
                    try (var wire = connect(daemon, anns, version)) {
                        external(wire);
                        wire.expect(":parley.example 903 * …");
                    }
                    try (var wire = connect(daemon, bobs, version)) {
                        external(wire);
                        wire.expect(":parley.example 904 * …");
                        wire.send("LOGIN bob bob-secret"); // the connection is as good as any
                        wire.expect(":parley.example 001 bob …");
                    }
                    try (var wire = connect(daemon, unbound, version)) {
                        external(wire);
                        wire.expect(":parley.example 904 * …");
                    }
                }
            }
        }

        private static void external(Wire wire) {
            wire.send("AUTHENTICATE EXTERNAL");
            wire.expect("AUTHENTICATE +");
            wire.send("AUTHENTICATE +");
        }
    }

    /// Shows its certificate whoever is asked for.
    private static final class Stubborn extends X509ExtendedKeyManager {

        private final Issued issued;

        Stubborn(Issued issued) {
            this.issued = issued;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"me"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "me";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return issued.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return issued.key();
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new UnsupportedOperationException();
        }
    }
}
