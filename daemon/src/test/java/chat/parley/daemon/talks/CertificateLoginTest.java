package chat.parley.daemon.talks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.admin.DevelopmentCertificate;
import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.store.Account.Status;
import chat.parley.daemon.store.Certificates.Binding;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.GuardRow;
import chat.parley.daemon.store.SqliteCertificates;
import chat.parley.daemon.store.SqliteLoginGuard;
import chat.parley.daemon.tls.ClientCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SASL EXTERNAL: logging in by a client certificate, over real TLS.
@Timeout(120)
class CertificateLoginTest {

    private static final char[] NO_PASSWORD = {};

    @TempDir Path dir;
    private TestDaemon daemon;
    private DevelopmentCertificate ann;

    @BeforeEach
    void start() throws Exception {
        daemon = new TestDaemon(dir, "parley.auth.attempts = 50").account("ann").account("bob");
        ann = newCertificate(1);
        assertEquals(Binding.DONE, certificates().bind("ann", fingerprint(ann)));
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private SqliteCertificates certificates() throws ConfigProblem {
        return new SqliteCertificates(
                Database.prepare(daemon.config().dataDir()), Clock.systemUTC());
    }

    private static DevelopmentCertificate newCertificate(int days) throws Exception {
        return DevelopmentCertificate.of(List.of("whoever"), days);
    }

    private static String fingerprint(DevelopmentCertificate made) throws Exception {
        return ClientCertificate.of(made.certificate()).fingerprint();
    }

    /// With this certificate, and no other.
    private Wire connect(DevelopmentCertificate made, String... protocols) {
        return connect(made.key().getPrivate(), List.of(made.certificate()), protocols);
    }

    private Wire connect(DevelopmentCertificate made, InetAddress from) {
        return connect(made.key().getPrivate(), List.of(made.certificate()), from);
    }

    private Wire connect(PrivateKey key, List<? extends Certificate> chain, String... protocols) {
        return connect(key, chain, InetAddress.getLoopbackAddress(), protocols);
    }

    private Wire connect(
            PrivateKey key,
            List<? extends Certificate> chain,
            InetAddress from,
            String... protocols) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("me", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            var factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, NO_PASSWORD);
            var context = Wire.trusting(factory.getKeyManagers());
            return Wire.connect(daemon.port(), from, context, protocols);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void external(Wire wire, String as) {
        wire.send("AUTHENTICATE EXTERNAL");
        wire.expect("AUTHENTICATE +");
        wire.send("AUTHENTICATE " + (as.isEmpty() ? "+" : base64(as)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void register(Wire wire) {
        wire.send("NICK ann");
        wire.send("USER ann 0 * :Ann");
        wire.expect(":parley.example 001 ann …");
        wire.settle();
    }

    private Wire loggedIn() {
        var wire = connect(ann);
        external(wire, "");
        wire.expectNext(":parley.example 900 * *!*@* ann …");
        wire.expectNext(":parley.example 903 * …");
        register(wire);
        return wire;
    }

    private static void assertRefused(Wire wire, String as) {
        external(wire, as);
        wire.expectNext(":parley.example 904 * :Login failed: no certificate that opens…");
    }

    @Nested
    class A_certificate_that_is_bound {

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
        void opens_its_account(String version) {
            try (var wire = connect(ann, version)) {
                external(wire, "");
                wire.expectNext(":parley.example 900 * *!*@* ann …");
                wire.expectNext(":parley.example 903 * …");
                register(wire);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ann", "ANN", "ann@phone"})
        void opens_it_by_its_name_too(String as) {
            try (var wire = connect(ann)) {
                external(wire, as);
                wire.expectNext(":parley.example 900 * *!*@* ann …");
            }
        }

        @Test
        void opens_no_other_account() {
            try (var wire = connect(ann)) {
                assertRefused(wire, "bob");
                assertRefused(wire, "nobody");
                wire.send("LOGIN bob bob-secret");
                wire.expect(":parley.example 001 bob …");
            }
        }

        @Test
        void opens_nothing_by_itself() {
            try (var wire = connect(ann)) {
                wire.send("NICK ann");
                wire.send("USER ann 0 * :Ann");
                wire.expectClosed("ERROR …Log in first…");
            }
        }

        @Test
        void is_offered_and_noted() {
            try (var audit = new Recorded();
                    var wire = connect(ann)) {
                wire.send("CAP LS 302");
                wire.expect("…sasl=PLAIN,EXTERNAL…");
                wire.send("AUTHENTICATE SCRAM-SHA-256");
                wire.expect(":parley.example 908 * PLAIN,EXTERNAL …");
                wire.expectNext(":parley.example 904 * …");
                external(wire, "");
                wire.expectNext(":parley.example 900 …");
                assertTrue(
                        audit.text().contains("by=\"certificate ")
                                || audit.text().contains("by=certificate "),
                        audit.text());
            }
        }

        @Test
        void is_of_no_use_while_the_account_is_disabled() throws Exception {
            assertTrue(daemon.accounts().setStatus("ann", Status.DISABLED));
            try (var wire = connect(ann)) {
                assertRefused(wire, "");
                assertRefused(wire, "ann");
            }
        }

        @Test
        void goes_with_the_account() throws Exception {
            assertTrue(daemon.accounts().delete("ann"));
            daemon.account("ann");
            try (var wire = connect(ann)) {
                assertRefused(wire, "ann");
            }
        }

        @Test
        void can_be_shown_again_in_the_middle_of_a_session() {
            try (var wire = connect(ann)) {
                wire.send("LOGIN ann ann-secret");
                wire.expect(":parley.example 001 ann …");
                wire.settle();
                external(wire, "");
                wire.expectNext(":parley.example 900 ann ann!*@parley.example ann …");
                wire.expectNext(":parley.example 903 ann …");
                external(wire, "bob");
                wire.expectNext(":parley.example FAIL AUTHENTICATE OTHER_ACCOUNT …");
                wire.expectNext(":parley.example 904 ann …");
            }
            try (var bob = connect(ann)) {
                bob.send("LOGIN bob bob-secret");
                bob.expect(":parley.example 001 bob …");
                bob.settle();
                external(bob, "");
                bob.expectNext(":parley.example 904 bob …");
            }
        }
    }

    @Nested
    class Of_an_account_with_a_password_for_one_login {

        @BeforeEach
        void invite() throws Exception {
            daemon.close();
            daemon =
                    new TestDaemon(
                                    Files.createDirectory(dir.resolve("free")),
                                    "parley.identity.nick = free")
                            .account("ann")
                            .account("bob")
                            .invite("ann", Duration.ofHours(1));
            assertEquals(Binding.DONE, certificates().bind("ann", fingerprint(ann)));
        }

        @Test
        void lets_nobody_in_before_it_is_changed() {
            try (var wire = connect(ann)) {
                external(wire, "");
                wire.expectNext(":parley.example 900 * *!*@* ann …");
                wire.expectNext(":parley.example 903 * …");
                wire.send("NICK ann");
                wire.send("USER ann 0 * :Ann");
                wire.expect(":parley.example FAIL * PASSWORD_CHANGE_REQUIRED …");
                wire.send("JOIN #lobby");
                wire.expect(":parley.example FAIL JOIN PASSWORD_CHANGE_REQUIRED …");
            }
        }

        /// Somebody who is in is not told to change a password: they would go on without.
        @Test
        void is_nothing_for_who_is_in_already() {
            try (var bob = connect(ann)) {
                bob.send("LOGIN bob bob-secret");
                bob.expect(":parley.example 001 bob …");
                bob.settle();
                external(bob, "ann");
                bob.expectNext(":parley.example FAIL AUTHENTICATE PASSWORD_CHANGE_REQUIRED …");
                bob.expectNext(":parley.example 904 bob …");
            }
        }
    }

    @Nested
    class Taken_away {

        @Test
        void it_ends_the_sessions_that_it_opened_and_no_others() throws Exception {
            try (var byCertificate = loggedIn();
                    var byPassword = daemon.login("ann");
                    var bob = daemon.login("bob")) {
                assertTrue(certificates().unbind("ann", fingerprint(ann)));
                byCertificate.expectClosed("ERROR …account was changed…");
                byPassword.settle();
                bob.settle();
            }
            try (var wire = connect(ann)) {
                assertRefused(wire, "");
            }
        }

        @Test
        void it_can_be_bound_again() throws Exception {
            loggedIn().close();
            assertTrue(certificates().unbind("ann", fingerprint(ann)));
            assertEquals(Binding.DONE, certificates().bind("ann", fingerprint(ann)));
            loggedIn().close();
        }

        @Test
        void disabling_the_account_ends_the_sessions_too() throws Exception {
            try (var wire = loggedIn()) {
                assertTrue(daemon.accounts().setStatus("ann", Status.DISABLED));
                wire.expectClosed("ERROR …account was changed…");
            }
        }
    }

    /// It opens nothing; but whoever logs in with it again is on the same device.
    @Nested
    class A_certificate_that_is_bound_to_nobody {

        @Test
        void makes_a_device_known_that_shows_it_with_the_right_password() throws Exception {
            var device = newCertificate(1);
            login(connect(device), ":* 900 …");
            memory().write(List.of(closedToStrangers()));
            daemon.restart();

            var elsewhere = InetAddress.ofLiteral("127.9.0.2");
            login(daemon.connectFrom(elsewhere), ":* FAIL LOGIN TEMPORARILY_UNAVAILABLE :After…");
            login(connect(newCertificate(1), elsewhere), ":* FAIL LOGIN …");
            login(connect(device, elsewhere), ":* 900 …");
        }

        private void login(Wire wire, String answer) {
            try (wire) {
                wire.send("LOGIN bob bob-secret");
                wire.expect(answer);
            }
        }

        private SqliteLoginGuard memory() throws ConfigProblem {
            return new SqliteLoginGuard(
                    Database.prepare(daemon.config().dataDir()), Clock.systemUTC());
        }

        private static GuardRow closedToStrangers() {
            return new GuardRow(
                    GuardRow.Kind.STRANGERS,
                    "bob",
                    "",
                    0,
                    100,
                    Instant.now().minusSeconds(3600),
                    Instant.EPOCH);
        }
    }

    @Nested
    class Any_other_certificate {

        @Test
        void is_refused_with_one_answer_and_makes_its_network_wait() throws Exception {
            try (var stranger = connect(newCertificate(1));
                    var without = daemon.connect()) {
                assertRefused(stranger, "");
                assertRefused(stranger, "ann");
                for (var i = 0; i < 14; i++) { // there may be many people at one address
                    assertRefused(without, "ann");
                }
                external(without, "ann");
                without.expectNext(":parley.example FAIL AUTHENTICATE TEMPORARILY_UNAVAILABLE 1 …");
                without.expectNext(":parley.example 904 * …");
            }
            loggedIn().close(); // the right one does not wait
        }

        @Test
        void that_has_expired_is_refused_though_its_key_is_bound() throws Exception {
            var old = newCertificate(-1);
            assertEquals(Binding.DONE, certificates().bind("ann", fingerprint(old)));
            try (var wire = connect(old)) {
                assertRefused(wire, "ann");
            }
        }

        @Test
        void what_is_no_name_is_refused() {
            try (var wire = connect(ann)) {
                for (var odd : List.of("an\0n", "ann ", "\u00e4nn", "a".repeat(200))) {
                    external(wire, odd);
                    wire.expectNext(":parley.example 904 * …");
                }
                wire.send("AUTHENTICATE EXTERNAL");
                wire.expectNext("AUTHENTICATE +");
                wire.send("AUTHENTICATE ????");
                wire.expectNext(":parley.example 904 * …");
            }
        }
    }

    @Nested
    class Whoever_plays_tricks_with_TLS {

        /// The certificate is public; only its key opens anything.
        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
        void shows_a_certificate_without_having_its_key(String version) throws Exception {
            var other = newCertificate(1).key().getPrivate();
            assertSentAway(() -> connect(other, List.of(ann.certificate()), version));
            loggedIn().close();
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
        void shows_a_chain_without_end(String version) {
            var chain = Collections.nCopies(300, ann.certificate());
            assertSentAway(() -> connect(ann.key().getPrivate(), chain, version));
            loggedIn().close();
        }

        /// Only the first one is proved; that others follow means nothing.
        @Test
        void shows_somebody_elses_certificate_after_its_own() throws Exception {
            var own = newCertificate(1);
            var chain = List.of(own.certificate(), ann.certificate());
            try (var wire = connect(own.key().getPrivate(), chain)) {
                assertRefused(wire, "");
                assertRefused(wire, "ann");
            }
        }

        /// Who a session is was settled by its first handshake, and there is no second.
        @Test
        void asks_to_renegotiate() throws Exception {
            try (var wire = connect(newCertificate(1), "TLSv1.2")) {
                wire.expect(":parley.example NOTICE …");
                try {
                    ((SSLSocket) wire.socket()).startHandshake();
                    external(wire, "ann");
                    wire.expect(":parley.example 904 …");
                } catch (IOException | AssertionError _) {
                    wire.expectClosed(); // sent away, as well
                }
            }
            loggedIn().close();
        }

        private interface Attempt {
            Wire connect();
        }

        private static void assertSentAway(Attempt attempt) {
            Wire wire;
            try {
                wire = attempt.connect();
            } catch (AssertionError _) {
                return; // TLS 1.2: the handshake itself fails
            }
            try (wire) { // TLS 1.3: the client is done before the daemon has looked
                wire.expectClosed();
                assertEquals(List.of("(closed)"), wire.seen());
            }
        }
    }
}
