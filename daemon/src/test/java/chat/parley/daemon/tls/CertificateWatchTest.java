package chat.parley.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.ConfigProblem;
import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.observe.Metric;
import chat.parley.daemon.observe.Metrics;
import chat.parley.daemon.observe.Recorded;
import chat.parley.daemon.tls.TestAuthority.Issued;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No thread: a test looks when it likes.
class CertificateWatchTest {

    private static final TestAuthority AUTHORITY = TestAuthority.root("Root");
    private static final Duration UNUSED = Duration.ofHours(1);

    @TempDir Path dir;
    private final Recorded log = new Recorded();
    private final Metrics metrics = new Metrics();
    private DaemonConfig.Tls.Pem files;
    private Issued first;
    private ServerTls tls;
    private CertificateWatch watch;

    @BeforeEach
    void open() throws ConfigProblem {
        first = AUTHORITY.issue(Wish.server("chat.example"));
        files = first.write(dir, "chat");
        tls = ServerTls.of(new DaemonConfig.Tls(files));
        watch = new CertificateWatch(tls, Clock.systemUTC(), UNUSED, metrics);
        look(2);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void look(int times) {
        for (var i = 0; i < times; i++) {
            watch.look();
        }
    }

    private long renewed() {
        return metrics.counter(Metric.CERTIFICATE_RELOADS, "taken").sum();
    }

    private long refused() {
        return metrics.counter(Metric.CERTIFICATE_RELOADS, "refused").sum();
    }

    private PrivateKey shown() {
        return tls.keys().getFirst().key();
    }

    private long said(String words) {
        return log.lines().stream().filter(line -> line.contains(words)).count();
    }

    private static final String REFUSED = "ERROR tls      changed TLS files refused";

    @Nested
    class Renewed_files {

        @Test
        void are_shown_after_two_looks() {
            var renewed = AUTHORITY.issue(Wish.server("chat.example").ofKind("P-384"));
            renewed.write(dir, "chat");

            look(1);
            assertEquals(first.key(), shown());

            look(1);
            assertEquals(renewed.key(), shown());
            assertEquals(1, renewed());
            assertEquals(1, said("INFO  tls      renewed TLS files are in use"));

            look(5);
            assertEquals(1, renewed());
        }

        /// Between the two the pair is a broken one, and nobody needs to know.
        @Test
        void may_come_one_after_the_other() {
            var renewed = AUTHORITY.issue(Wish.server("chat.example"));
            TestAuthority.put(files.certificate(), renewed.certificates());
            look(1);
            TestAuthority.put(files.key(), TestKeys.pem("PRIVATE KEY", renewed.key().getEncoded()));
            look(2);

            assertEquals(renewed.key(), shown());
            assertEquals(0, said(REFUSED));
        }

        /// As certbot's `live` and Kubernetes' mounted secrets do: the names stay, the links turn.
        @Test
        void may_come_by_a_link_that_turns() throws Exception {
            var old = Files.createDirectory(dir.resolve("1"));
            var young = Files.createDirectory(dir.resolve("2"));
            var link = Files.createSymbolicLink(dir.resolve("live"), old);
            first.write(old, "chat");
            var renewed = AUTHORITY.issue(Wish.server("chat.example"));
            renewed.write(young, "chat");
            var linked =
                    new DaemonConfig.Tls.Pem(link.resolve("chat.crt"), link.resolve("chat.key"));
            tls = ServerTls.of(new DaemonConfig.Tls(linked));
            watch = new CertificateWatch(tls, Clock.systemUTC(), UNUSED, metrics);
            look(2);

            Files.move(
                    Files.createSymbolicLink(dir.resolve("next"), young),
                    link,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            look(2);

            assertEquals(renewed.key(), shown());
        }

        /// As `cp -p` and `rsync -t` leave them.
        @Test
        void are_noticed_though_size_and_time_are_those_of_the_old() throws Exception {
            var before = Files.getLastModifiedTime(files.certificate());
            var same = Files.readString(files.certificate());
            var renewed = AUTHORITY.issue(Wish.server("chat.example"));
            renewed.write(dir, "chat");
            Files.setLastModifiedTime(files.certificate(), before);
            Files.setLastModifiedTime(files.key(), before);
            look(2);

            assertNotEquals(same, Files.readString(files.certificate()));
            assertEquals(renewed.key(), shown());
        }

        @Test
        void of_one_certificate_do_not_wait_for_another_that_is_broken() throws Exception {
            var other = AUTHORITY.issue(Wish.server("other.example")).write(dir, "other");
            tls = ServerTls.of(new DaemonConfig.Tls(files, List.of(other), Optional.empty()));
            watch = new CertificateWatch(tls, Clock.systemUTC(), UNUSED, metrics);
            look(2);
            var renewed = AUTHORITY.issue(Wish.server("other.example"));
            renewed.write(dir, "other");
            Files.delete(files.key());
            look(2);

            assertEquals(first.key(), shown());
            assertEquals(renewed.key(), tls.keys().getLast().key());
        }
    }

    @Nested
    class Files_that_are_wrong {

        private void assertKept(String why) {
            look(10);
            assertEquals(first.key(), shown());
            assertEquals(1, said(REFUSED), log.text());
            assertTrue(log.text().contains(why), log.text());
            assertEquals(1, refused());
            assertTrue(tls.keepsOld());

            // And once they are right, they are taken.
            var renewed = AUTHORITY.issue(Wish.server("chat.example"));
            renewed.write(dir, "chat");
            look(2);
            assertEquals(renewed.key(), shown());
            assertFalse(tls.keepsOld());
        }

        @Test
        void because_they_are_half_written_are_not_taken() throws Exception {
            TestAuthority.put(files.certificate(), first.certificates().substring(0, 200));
            assertKept("not a PEM certificate");
        }

        @Test
        void because_one_is_gone_are_not_taken() throws Exception {
            Files.delete(files.key());
            assertKept("no such file");
        }

        @Test
        void because_only_one_was_renewed_are_not_taken() {
            TestAuthority.put(
                    files.certificate(),
                    AUTHORITY.issue(Wish.server("chat.example")).certificates());
            assertKept("does not belong");
        }

        @Test
        void because_they_have_expired_are_not_taken() {
            var ended = Instant.now().minus(Duration.ofDays(1));
            AUTHORITY
                    .issue(
                            Wish.server("chat.example")
                                    .valid(ended.minus(Duration.ofDays(9)), ended))
                    .write(dir, "chat");
            assertKept("has expired");
        }

        @Test
        void because_they_are_not_valid_yet_are_not_taken() {
            var begins = Instant.now().plus(Duration.ofDays(1));
            AUTHORITY
                    .issue(
                            Wish.server("chat.example")
                                    .valid(begins, begins.plus(Duration.ofDays(9))))
                    .write(dir, "chat");
            assertKept("not valid before");
        }

        @Test
        void because_others_may_read_the_key_are_not_taken() throws IOException {
            AUTHORITY.issue(Wish.server("chat.example")).write(dir, "chat");
            Files.setPosixFilePermissions(
                    files.key(), PosixFilePermissions.fromString("rw-r--r--"));
            assertKept("chmod 600");
        }
    }

    @Nested
    class The_thread {

        /// A clock that breaks stands for whatever nobody has thought of.
        @Test
        void goes_on_after_a_bug() throws Exception {
            var broken = new AtomicInteger(3);
            InstantSource clock =
                    () -> {
                        if (broken.getAndDecrement() > 0) {
                            throw new IllegalStateException("a bug");
                        }
                        return Instant.now();
                    };
            try (var _ =
                    CertificateWatch.start(
                            tls, clock.withZone(ZoneOffset.UTC), Duration.ofMillis(1), metrics)) {
                while (broken.get() > 0) {
                    Thread.onSpinWait();
                }
                AUTHORITY.issue(Wish.server("chat.example")).write(dir, "chat");
                while (renewed() == 0) {
                    Thread.onSpinWait();
                }
            }
            assertEquals(1, said("ERROR tls      TLS files cannot be looked at"));
        }

        @Test
        void looks_by_itself() throws Exception {
            try (var _ =
                    CertificateWatch.start(tls, Clock.systemUTC(), Duration.ofMillis(1), metrics)) {
                AUTHORITY.issue(Wish.server("chat.example")).write(dir, "chat");
                while (renewed() == 0) {
                    Thread.onSpinWait();
                }
            }
            assertNotEquals(first.key(), shown());
            assertEquals(1, said("INFO  tls      certificate is=\"chat.example; ECDSA P-256;"));
        }
    }
}
