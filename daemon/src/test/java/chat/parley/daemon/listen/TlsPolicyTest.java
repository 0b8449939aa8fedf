package chat.parley.daemon.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.tls.ApplicationProtocol;
import chat.parley.daemon.tls.ServerTls;
import chat.parley.daemon.tls.TestAuthority;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the daemon agrees to in a handshake, whatever a client would rather have.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsPolicyTest {

    private static final TestAuthority AUTHORITY = TestAuthority.root("Root");

    @TempDir Path dir;

    private DaemonConfig.Tls.Files files(String name, Wish wish) {
        return AUTHORITY.issue(wish).write(dir, name);
    }

    private ServerTls tls(Wish first, Wish... more) {
        try {
            var others =
                    Arrays.stream(more)
                            .map(wish -> files(wish.names().getFirst() + wish.kind(), wish))
                            .toList();
            return ServerTls.of(
                    new DaemonConfig.Tls(files("first", first), others, Optional.empty()));
        } catch (ConfigProblem e) {
            throw new AssertionError(e);
        }
    }

    private ServerTls usual() {
        return tls(Wish.server("chat.example"));
    }

    private static ChoosyPeer met(ServerTls tls, UnaryOperator<ChoosyPeer> wanting)
            throws IOException {
        return met(tls, ApplicationProtocol.IRC, wanting);
    }

    private static ChoosyPeer met(
            ServerTls tls, ApplicationProtocol protocol, UnaryOperator<ChoosyPeer> wanting)
            throws IOException {
        try (var door = Door.open(tls, protocol);
                var plain = door.plainPeer()) {
            return wanting.apply(new ChoosyPeer()).meet(plain);
        }
    }

    private void assertRefused(short alert, UnaryOperator<ChoosyPeer> wanting) {
        var told = assertThrows(TlsFatalAlertReceived.class, () -> met(usual(), wanting));
        assertEquals(
                AlertDescription.getText(alert),
                AlertDescription.getText(told.getAlertDescription()));
    }

    @Nested
    class The_version {

        @Test
        void is_the_newest_that_both_speak() throws Exception {
            assertEquals(
                    ProtocolVersion.TLSv13,
                    met(usual(), peer -> peer).agreed().getNegotiatedVersion());
            assertEquals(
                    ProtocolVersion.TLSv12,
                    met(usual(), peer -> peer.speaks(ProtocolVersion.TLSv12))
                            .agreed()
                            .getNegotiatedVersion());
        }

        @Test
        void is_nothing_older_than_1_2() {
            assertRefused(
                    AlertDescription.protocol_version,
                    peer -> peer.speaks(ProtocolVersion.TLSv11, ProtocolVersion.TLSv10));
        }
    }

    @Nested
    class The_cipher_suite {

        @Test
        void is_the_first_of_ours() throws Exception {
            assertEquals(
                    CipherSuite.TLS_AES_256_GCM_SHA384,
                    met(
                                    usual(),
                                    peer ->
                                            peer.suites(
                                                    CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                                                    CipherSuite.TLS_AES_128_GCM_SHA256,
                                                    CipherSuite.TLS_AES_256_GCM_SHA384))
                            .agreed()
                            .getCipherSuite());
            assertEquals(
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                    met(
                                    usual(),
                                    peer ->
                                            peer.speaks(ProtocolVersion.TLSv12)
                                                    .suites(
                                                            CipherSuite
                                                                    .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                                                            CipherSuite
                                                                    .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384))
                            .agreed()
                            .getCipherSuite());
        }

        /// No forward secrecy, no authenticated encryption, or neither.
        @ParameterizedTest
        @ValueSource(
                ints = {
                    CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384,
                    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_NULL_SHA,
                    CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA
                })
        void is_none_of_the_weak(int suite) {
            assertRefused(
                    AlertDescription.handshake_failure,
                    peer -> peer.speaks(ProtocolVersion.TLSv12).suites(suite));
        }

        @Test
        void is_none_of_the_weak_of_1_3() {
            assertRefused(
                    AlertDescription.handshake_failure,
                    peer ->
                            peer.speaks(ProtocolVersion.TLSv13)
                                    .suites(CipherSuite.TLS_AES_128_CCM_8_SHA256));
        }
    }

    @Nested
    class The_group {

        private int agreed(int... offered) throws IOException {
            return met(usual(), peer -> peer.groups(offered)).agreed().getNegotiatedGroup();
        }

        /// Whatever the client likes best, and though it brings no share for ours along.
        @Test
        void is_the_first_of_ours() throws Exception {
            var hybrid = NamedGroup.X25519MLKEM768;
            var x25519 = NamedGroup.x25519;
            var p256 = NamedGroup.secp256r1;

            assertEquals(hybrid, agreed(hybrid, x25519, p256));
            assertEquals(hybrid, agreed(p256, x25519, hybrid));
            assertEquals(hybrid, agreed(x25519, hybrid, p256));
            assertEquals(x25519, agreed(p256, x25519));
            assertEquals(p256, agreed(NamedGroup.secp384r1, p256));
        }

        @ParameterizedTest
        @ValueSource(
                ints = {
                    NamedGroup.secp384r1,
                    NamedGroup.secp521r1,
                    NamedGroup.ffdhe2048,
                    NamedGroup.x448
                })
        void is_no_other(int group) {
            assertRefused(
                    AlertDescription.handshake_failure,
                    peer -> peer.speaks(ProtocolVersion.TLSv13).groups(group));
        }
    }

    @Nested
    class A_connection {

        /// No secret outlives it. The JDK's client comes back with what it has kept.
        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void is_never_resumed(String version) throws Exception {
            try (var door = Door.open(usual(), ApplicationProtocol.IRC);
                    var first = door.peer(version);
                    var second = door.peer(version)) {
                first.startHandshake();
                try (var session = door.session()) { // the daemon is past its handshake too
                    session.connection()
                            .output()
                            .write("a ticket would come first".getBytes(UTF_8));
                    assertEquals('a', first.getInputStream().read());
                    second.startHandshake();

                    assertFalse(
                            Arrays.equals(first.getSession().getId(), second.getSession().getId()));
                }
            }
        }

        @Test
        void is_never_negotiated_anew() throws Exception {
            try (var door = Door.open(usual(), ApplicationProtocol.IRC);
                    var peer = door.peer("TLSv1.2")) {
                peer.startHandshake();
                try (var session = door.session()) {
                    var listening =
                            Thread.ofVirtual()
                                    .start(() -> {
                                        try {
                                            session.connection().input().read();
                                        } catch (IOException _) {
                                            // refused, or gone
                                        }
                                    });
                    assertThrows(
                            SSLException.class,
                            () -> {
                                peer.startHandshake();
                                peer.getOutputStream().write("x".getBytes(UTF_8));
                                peer.getInputStream().read();
                            });
                    session.connection().abort();
                    listening.join();
                }
            }
        }
    }

    @Nested
    class The_application_protocol {

        private String agreed(ApplicationProtocol ours, String... offered) throws IOException {
            var agreed =
                    met(usual(), ours, peer -> peer.offers(offered))
                            .agreed()
                            .getApplicationProtocol();
            return agreed == null ? "none" : agreed.getUtf8Decoding();
        }

        @Test
        void is_agreed_on_where_the_client_names_it() throws Exception {
            assertEquals("irc", agreed(ApplicationProtocol.IRC, "irc"));
            assertEquals("irc", agreed(ApplicationProtocol.IRC, "h2", "irc"));
            assertEquals("http/1.1", agreed(ApplicationProtocol.HTTP, "h2", "http/1.1"));
        }

        @Test
        void need_not_be_named_nor_known() throws Exception {
            assertEquals("none", agreed(ApplicationProtocol.IRC));
            assertEquals("none", agreed(ApplicationProtocol.IRC, "xmpp-client"));
            assertEquals("none", agreed(ApplicationProtocol.IRC, "h2", "something"));
            assertEquals("none", agreed(ApplicationProtocol.HTTP));
        }

        /// A browser that somebody led here.
        @Test
        void is_not_that_of_the_web_where_irc_is_spoken() {
            assertRefused(
                    AlertDescription.no_application_protocol,
                    peer -> peer.offers("h2", "http/1.1"));
        }
    }

    @Nested
    class The_certificate {

        @ParameterizedTest
        @CsvSource({
            "other.example, CN=other.example",
            "a.stars.example, CN=*.stars.example",
            "chat.example, CN=chat.example",
            "nobody.example, CN=chat.example",
            "127.0.0.1, CN=chat.example",
            "'', CN=chat.example"
        })
        void is_that_of_the_name_that_is_asked_for(String asked, String shown) throws Exception {
            var tls =
                    tls(
                            Wish.server("chat.example"),
                            Wish.server("other.example"),
                            Wish.server("*.stars.example"));
            for (var version : List.of(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13)) {
                assertEquals(
                        shown, met(tls, peer -> peer.asksFor(asked).speaks(version)).shownName());
            }
        }

        /// Both for one name; and who understands neither is not shown another's.
        @Test
        void is_of_a_kind_that_the_client_understands() throws Exception {
            var tls =
                    tls(
                            Wish.server("first.example").ofKind("RSA 2048"),
                            Wish.server("both.example"),
                            Wish.server("both.example").ofKind("RSA 2048"),
                            Wish.server("one.example"));
            for (var version : List.of(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13)) {
                assertEquals("EC", kind(tls, version, "both.example", ECDSA));
                assertEquals("RSA", kind(tls, version, "both.example", RSA));
                assertEquals("EC", kind(tls, version, "both.example", RSA_THEN_ECDSA));
                assertThrows(
                        TlsFatalAlertReceived.class, () -> kind(tls, version, "one.example", RSA));
            }
        }

        private static final int[] ECDSA = {SignatureScheme.ecdsa_secp256r1_sha256};
        private static final int[] RSA = {
            SignatureScheme.rsa_pss_rsae_sha256, SignatureScheme.rsa_pkcs1_sha256
        };
        private static final int[] RSA_THEN_ECDSA = {RSA[0], RSA[1], ECDSA[0]};

        private static String kind(
                ServerTls tls, ProtocolVersion version, String asked, int... signatures)
                throws IOException {
            var peer = met(tls, each -> each.asksFor(asked).speaks(version).signatures(signatures));
            assertEquals("CN=" + asked, peer.shownName());
            return peer.shownKey();
        }

        @ParameterizedTest
        @CsvSource({
            "P-256, TLSv13", "P-384, TLSv13", "P-521, TLSv13", "RSA 2048, TLSv13",
                    "Ed25519, TLSv13",
            "P-256, TLSv12", "P-384, TLSv12", "P-521, TLSv12", "RSA 2048, TLSv12", "Ed25519, TLSv12"
        })
        void may_be_of_each_kind_with_each_version(String kind, String name) throws Exception {
            var tls = tls(Wish.server("chat.example").ofKind(kind));
            var version = name.equals("TLSv13") ? ProtocolVersion.TLSv13 : ProtocolVersion.TLSv12;

            assertEquals(
                    version,
                    met(tls, peer -> peer.speaks(version)).agreed().getNegotiatedVersion());
        }
    }

    @Nested
    class A_client_certificate {

        @Test
        void is_asked_for_and_may_be_left_out() throws Exception {
            for (var version : List.of(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13)) {
                var peer = met(usual(), each -> each.speaks(version));
                assertTrue(peer.wasAsked());
                assertEquals(0, peer.authorities());
            }
        }

        @Test
        void is_asked_for_by_the_names_of_the_authorities() throws Exception {
            var file = dir.resolve("authorities.pem");
            TestAuthority.put(
                    file,
                    TestAuthority.pem(AUTHORITY.certificate())
                            + TestAuthority.pem(TestAuthority.root("Second").certificate()));
            var tls =
                    ServerTls.of(
                            new DaemonConfig.Tls(
                                    files("first", Wish.server("chat.example")),
                                    List.of(),
                                    Optional.of(file)));
            for (var version : List.of(ProtocolVersion.TLSv12, ProtocolVersion.TLSv13)) {
                assertEquals(2, met(tls, each -> each.speaks(version)).authorities());
            }
        }
    }
}
