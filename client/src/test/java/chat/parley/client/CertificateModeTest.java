package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.store.Database;
import chat.parley.daemon.store.SqliteCertificates;
import chat.parley.daemon.talks.TestDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logging in by a client certificate (SASL EXTERNAL), made by openssl as people make theirs.
@Timeout(120)
class CertificateModeTest {

    @TempDir Path dir;
    @TempDir Path home;
    private TestDaemon daemon;

    @BeforeEach
    void start() {
        daemon = new TestDaemon(dir).account("ann");
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private Path make(String kind) throws Exception {
        var key = home.resolve("ann.key");
        openssl("genpkey -out " + key + " " + kind);
        openssl(
                "req -x509 -new -key "
                        + key
                        + " -subj /CN=ann -days 2 -out "
                        + home.resolve("ann.crt"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return key;
    }

    private static void openssl(String arguments) throws Exception {
        var words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(arguments.split(" ", -1)));
        assertEquals(0, new ProcessBuilder(words).redirectErrorStream(true).start().waitFor());
    }

    private Run parley(String... words) {
        var ca = ((DaemonConfig.Tls.Pem) daemon.config().tls().main()).certificate();
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--ca", ca.toString(), "--server", "ann@localhost:" + daemon.port()));
        all.addAll(
                List.of(
                        "--cert",
                        home.resolve("ann.crt").toString(),
                        "--key",
                        home.resolve("ann.key").toString()));
        return Run.of(home, Map.of("PARLEY_PASSWORD", ""), "", all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
                "-algorithm ED25519"
            })
    void it_opens_the_account_once_it_is_bound_and_nobody_is_asked(String kind) throws Exception {
        make(kind);

        var refused = parley("send", "#lobby", "hello");
        assertEquals(1, refused.code());
        var wanted = "(?s).*parley-user bind-cert ann ([0-9a-f]{64})\n";
        assertTrue(refused.err().matches(wanted), refused::err);

        new SqliteCertificates(Database.prepare(daemon.config().dataDir()), Clock.systemUTC())
                .bind("ann", refused.err().replaceAll(wanted, "$1"));
        assertEquals(new Run(0, "", ""), parley("send", "#lobby", "hello"));
    }

    @Test
    void a_key_that_others_can_read_is_refused_with_what_to_do() throws Exception {
        var key = make("-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        var run = parley("send", "#lobby", "hello");

        assertEquals(2, run.code());
        assertTrue(run.err().endsWith("chmod 600 " + key + "\n"), run::err);
    }

    @Test
    void files_that_are_none_or_do_not_belong_are_told() throws Exception {
        var key = make("-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + key);
        assertTold("is not the key of the certificate");
        openssl("ecparam -name prime256v1 -genkey -noout -out " + key);
        assertTold("openssl pkey");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nMTIz\n-----END PRIVATE KEY-----\n");
        assertTold("kind that is not known");
        Files.delete(key);
        assertTold("there is no file " + key);
    }

    private void assertTold(String what) throws IOException {
        var key = home.resolve("ann.key");
        if (Files.exists(key)) {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
        var run = parley("send", "#lobby", "hello");
        assertEquals(2, run.code());
        assertTrue(run.err().contains(what), run::err);
    }
}
