package chat.parley.client.link;

import static chat.parley.client.link.Certificates.dns;
import static chat.parley.client.link.Certificates.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ScriptedDaemon;
import chat.parley.client.link.Certificates.Identity;
import chat.parley.protocol.Credentials;
import chat.parley.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who is believed, over real TLS: the peer is the JDK's, and never hears a word if it is not.
@Timeout(60)
class TrustTest {

    private static final Dialer.Patience PATIENCE =
            new Dialer.Patience(
                    Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    @TempDir private Path home;

    /// What comes of dialing a daemon that shows this. One that is not trusted must hear nothing.
    private Outcome dial(Identity identity, TrustOf trust)
            throws GeneralSecurityException, IOException, InterruptedException {
        return dial(identity, "localhost", trust);
    }

    private interface TrustOf {
        Trust in(ServerAddress server) throws GeneralSecurityException, IOException;
    }

    private Outcome dial(Identity identity, String host, TrustOf trust)
            throws GeneralSecurityException, IOException, InterruptedException {
        try (var daemon =
                new ScriptedDaemon(
                        identity.key(), identity.certificate(), peer -> peer.logsIn("ann"))) {
            var server = new ServerAddress(host, daemon.address().port());
            var outcome =
                    new Dialer(
                                    server,
                                    trust.in(server),
                                    Who.by(
                                            new Credentials(
                                                    "ann", new Secret("secret".toCharArray()))),
                                    PATIENCE)
                            .dial();
            if (outcome instanceof Outcome.LoggedIn(var session)) {
                session.abort();
            }
            daemon.finish();
            if (outcome instanceof Outcome.NotTrusted) {
                assertEquals(List.of(), daemon.heard());
            }
            return outcome;
        }
    }

    private KnownServers known() {
        return new KnownServers(home.resolve("known_servers"));
    }

    private Trust.Only only(Identity authority) throws GeneralSecurityException, IOException {
        return new Trust.Only(
                ScriptedDaemon.pem(authority.certificate(), home.resolve("authority.pem")));
    }

    private static Verdict verdict(Outcome outcome) {
        return assertInstanceOf(Outcome.NotTrusted.class, outcome).verdict();
    }

    private static void assertTrusted(Outcome outcome) {
        assertInstanceOf(Outcome.LoggedIn.class, outcome);
    }

    @Nested
    class An_authority {

        @Test
        void vouches_for_the_server_it_named() throws Exception {
            var authority = Certificates.authority("team");
            var server = Certificates.signedBy(authority, "x", dns("localhost"));

            assertTrusted(dial(server, _ -> only(authority)));
        }

        @Test
        void vouches_for_an_address() throws Exception {
            var authority = Certificates.authority("team");
            var server = Certificates.signedBy(authority, "x", ip("127.0.0.1"));

            assertTrusted(dial(server, "127.0.0.1", _ -> only(authority)));
        }

        @Test
        void does_not_vouch_for_another_server() throws Exception {
            var authority = Certificates.authority("team");
            var server = Certificates.signedBy(authority, "x", dns("elsewhere.example"));

            assertInstanceOf(Verdict.Refused.class, verdict(dial(server, _ -> only(authority))));
        }

        /// CVE-2026-59638: Bouncy Castle 1.84 takes the common name where there is no dNSName.
        @Test
        void does_not_vouch_by_the_common_name() throws Exception {
            var authority = Certificates.authority("team");
            var nameless = Certificates.signedBy(authority, "localhost");
            var onlyAddress = Certificates.signedBy(authority, "localhost", ip("127.0.0.1"));

            assertInstanceOf(Verdict.Refused.class, verdict(dial(nameless, _ -> only(authority))));
            assertInstanceOf(
                    Verdict.Refused.class, verdict(dial(onlyAddress, _ -> only(authority))));
        }

        @Test
        void that_is_another_one_vouches_for_nothing() throws Exception {
            var server =
                    Certificates.signedBy(Certificates.authority("team"), "x", dns("localhost"));
            var other = Certificates.authority("team");

            assertInstanceOf(Verdict.Refused.class, verdict(dial(server, _ -> only(other))));
        }

        @Test
        void may_be_the_server_s_own_certificate() throws Exception {
            var server = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));

            assertTrusted(dial(server, _ -> only(server)));
        }

        @Test
        void in_a_file_that_holds_none_is_told() throws Exception {
            var server = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));
            var empty = Files.writeString(home.resolve("empty.pem"), "");

            var refused =
                    assertInstanceOf(
                            Verdict.Refused.class,
                            verdict(dial(server, _ -> new Trust.Only(empty))));
            assertTrue(refused.doubt().why().contains("empty.pem"), () -> refused.doubt().why());
        }

        @Test
        void in_a_file_that_is_not_there_is_told() throws Exception {
            var server = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));
            var missing = home.resolve("missing.pem");

            var refused =
                    assertInstanceOf(
                            Verdict.Refused.class,
                            verdict(dial(server, _ -> new Trust.Only(missing))));
            assertEquals("there is no file " + missing, refused.doubt().why());
        }
    }

    @Nested
    class A_key_that_nobody_vouches_for {

        private final TrustOf usual = _ -> new Trust.SystemOrKnown(known());

        @Test
        void is_unknown_and_shown() throws Exception {
            var server = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));

            var unknown = assertInstanceOf(Verdict.Unknown.class, verdict(dial(server, usual)));

            assertEquals(Fingerprint.of(server.certificate()), unknown.key());
            assertEquals("its certificate is signed by itself", unknown.doubt().why());
        }

        @Test
        void is_trusted_once_it_was_accepted_also_in_a_renewed_certificate() throws Exception {
            var key = Certificates.key();
            var server = Certificates.selfSigned(key, 1, dns("localhost"));
            var renewed = Certificates.selfSigned(key, 2, dns("localhost"));
            TrustOf accepting =
                    address -> {
                        known().remember(address, Fingerprint.of(server.certificate()));
                        return new Trust.SystemOrKnown(known());
                    };

            assertTrusted(dial(server, accepting));
            assertTrusted(dial(renewed, accepting));
        }

        @Test
        void that_changed_stops_everything_and_both_are_shown() throws Exception {
            var accepted = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));
            var other = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));

            var changed =
                    verdict(
                            dial(
                                    other,
                                    address -> {
                                        known().remember(
                                                        address,
                                                        Fingerprint.of(accepted.certificate()));
                                        return new Trust.SystemOrKnown(known());
                                    }));

            assertEquals(
                    new Verdict.Changed(
                            Fingerprint.of(accepted.certificate()),
                            Fingerprint.of(other.certificate()),
                            home.resolve("known_servers") + ":2"),
                    changed);
        }

        @Test
        void is_not_trusted_when_the_list_of_keys_is_damaged() throws Exception {
            var server = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));
            Files.writeString(home.resolve("known_servers"), "localhost:1 sha256/broken\n");

            var refused = assertInstanceOf(Verdict.Refused.class, verdict(dial(server, usual)));
            assertTrue(
                    refused.doubt().why().contains("known_servers:1"), () -> refused.doubt().why());
        }
    }

    @Nested
    class What_is_wrong_with_a_certificate_is_told_with_what_to_do {

        private Doubt doubt(Identity server, Identity authority) throws Exception {
            return assertInstanceOf(
                            Verdict.Refused.class, verdict(dial(server, _ -> only(authority))))
                    .doubt();
        }

        @Test
        void that_it_expired() throws Exception {
            var server = Certificates.selfSigned(Certificates.key(), -1, dns("localhost"));

            var doubt = doubt(server, server);

            assertTrue(
                    doubt.why().matches("its certificate expired on [-0-9]{10} [0-9]{2}:.* UTC"),
                    doubt::why);
            assertTrue(doubt.next().contains("admin has to renew it"), doubt::next);
        }

        @Test
        void that_it_is_not_valid_yet() throws Exception {
            var server = Certificates.early(Certificates.key(), dns("localhost"));

            var doubt = doubt(server, server);

            assertTrue(doubt.why().startsWith("its certificate is valid only from "), doubt::why);
            assertTrue(doubt.next().startsWith("Look at this machine's clock"), doubt::next);
        }

        @Test
        void that_it_is_for_others_and_for_whom_as_far_as_that_can_be_shown() throws Exception {
            var authority = Certificates.authority("team");
            var server =
                    Certificates.signedBy(
                            authority,
                            "x",
                            dns("chat.example"),
                            dns("x\u001b[2J"),
                            ip("192.0.2.1"));

            assertEquals(
                    "its certificate is valid, but not for localhost: it is for chat.example,"
                            + " 192.0.2.1",
                    doubt(server, authority).why());
        }

        @Test
        void that_nobody_known_signed_it() throws Exception {
            var server = Certificates.signedBy(Certificates.authority("a"), "x", dns("localhost"));

            assertEquals(
                    "no authority known here vouches for its certificate",
                    doubt(server, Certificates.authority("b")).why());
        }
    }

    @Nested
    class A_pin {

        @Test
        void is_enough_whatever_the_certificate_says() throws Exception {
            var expired = Certificates.selfSigned(Certificates.key(), -1, dns("elsewhere"));

            assertTrusted(dial(expired, _ -> new Trust.Pin(Fingerprint.of(expired.certificate()))));
        }

        @Test
        void of_another_key_is_not() throws Exception {
            var server = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));
            var other = Certificates.selfSigned(Certificates.key(), 1, dns("localhost"));

            assertInstanceOf(
                    Verdict.Refused.class,
                    verdict(dial(server, _ -> new Trust.Pin(Fingerprint.of(other.certificate())))));
        }
    }
}
