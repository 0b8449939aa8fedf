package chat.parley.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.tls.TestAuthority.Issued;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose signature counts. Over real TLS: `CertificateLoginTest`.
class ClientAuthoritiesTest {

    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestAuthority STRANGER = TestAuthority.root("Stranger");

    @TempDir Path dir;
    private Path file;
    private DaemonConfig.Tls files;

    @BeforeEach
    void write() {
        file = dir.resolve("authorities.pem");
        TestAuthority.put(file, TestAuthority.pem(ROOT.certificate()));
        files =
                new DaemonConfig.Tls(
                        ROOT.issue(Wish.server("chat.example")).write(dir, "chat"),
                        List.of(),
                        Optional.of(file));
    }

    private static boolean vouched(ServerTls tls, Issued shown) throws Exception {
        return tls.shown(shown.chain().toArray(X509Certificate[]::new)).vouched();
    }

    @Nested
    class A_client_certificate {

        @Test
        void counts_when_an_authority_has_signed_it() throws Exception {
            var tls = ServerTls.of(files);

            assertTrue(vouched(tls, ROOT.issue(Wish.client("ann"))));
            assertTrue(vouched(tls, ROOT.below("Between").issue(Wish.client("ann"))));
        }

        @Test
        void does_not_count_when_nobody_who_counts_has() throws Exception {
            var tls = ServerTls.of(files);
            var ann = STRANGER.issue(Wish.client("ann"));

            assertFalse(vouched(tls, ann));
            // Of the same name as one that counts.
            assertFalse(vouched(tls, TestAuthority.root("Root").issue(Wish.client("ann"))));
            // The one that counts is shown beside it, and has not signed it.
            assertFalse(
                    vouched(
                            tls,
                            new Issued(
                                    ann.key(),
                                    List.of(ann.chain().getFirst(), ROOT.certificate()))));
        }

        /// A member's certificate signs no other's.
        @Test
        void does_not_count_when_it_was_signed_by_a_member() throws Exception {
            var member = ROOT.issue(Wish.client("ann"));
            var forged = TestAuthority.by(member).issue(Wish.client("bob"));

            assertFalse(
                    vouched(
                            ServerTls.of(files),
                            new Issued(
                                    forged.key(),
                                    List.of(
                                            forged.chain().getFirst(),
                                            member.chain().getFirst()))));
        }

        @Test
        void does_not_count_when_it_is_for_servers() throws Exception {
            assertFalse(vouched(ServerTls.of(files), ROOT.issue(Wish.server("ann"))));
        }

        @Test
        void does_not_count_when_it_has_expired() throws Exception {
            var ended = Instant.now().minus(Duration.ofDays(1));
            var wish = Wish.client("ann").valid(ended.minus(Duration.ofDays(9)), ended);

            assertFalse(vouched(ServerTls.of(files), ROOT.issue(wish)));
        }

        @Test
        void counts_whoever_signed_it_when_nobody_is_asked() throws Exception {
            var tls = ServerTls.of(new DaemonConfig.Tls(files.main()));

            assertTrue(vouched(tls, STRANGER.issue(Wish.client("ann"))));
        }
    }

    @Nested
    class The_file {

        @Test
        void is_read_again_when_it_changes() throws Exception {
            var tls = ServerTls.of(files);
            var watch =
                    new CertificateWatch(
                            tls,
                            Clock.systemUTC(),
                            Duration.ofHours(1),
                            new chat.parley.daemon.observe.Metrics());
            var ann = STRANGER.issue(Wish.client("ann"));
            watch.look();
            watch.look();
            assertFalse(vouched(tls, ann));

            TestAuthority.put(file, TestAuthority.pem(STRANGER.certificate()));
            watch.look();
            watch.look();
            assertTrue(vouched(tls, ann));

            TestAuthority.put(file, "nothing\n");
            watch.look();
            watch.look();
            assertTrue(vouched(tls, ann));
        }

        @Test
        void must_hold_certificates() {
            TestAuthority.put(file, "nothing\n");

            assertThrows(ConfigProblem.class, () -> ServerTls.of(files));
        }
    }
}
