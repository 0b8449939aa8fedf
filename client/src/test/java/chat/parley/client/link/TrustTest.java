package chat.parley.client.link;

import static chat.parley.client.link.Certificates.dns;
import static chat.parley.client.link.Certificates.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is believed, over real TLS: the peer is the JDK's, and never hears a word if it is not.
@Timeout(60)
class TrustTest extends OverATrust {

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
