package chat.parley.daemon.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.config.DaemonConfig;
import chat.parley.daemon.tls.ApplicationProtocol;
import chat.parley.daemon.tls.ServerTls;
import chat.parley.daemon.tls.TestAuthority;
import chat.parley.daemon.tls.TestAuthority.Wish;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The handshake with somebody else's TLS, where `openssl` is there.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@EnabledIf("isThere")
class OpenSslTest {

    private static final TestAuthority AUTHORITY = TestAuthority.root("Root");
    private static ServerTls tls;

    @TempDir static Path dir;

    static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> new File(folder, "openssl").canExecute());
    }

    @BeforeAll
    static void read() throws Exception {
        var more =
                List.<DaemonConfig.Tls.Files>of(
                        AUTHORITY
                                .issue(Wish.server("chat.example").ofKind("RSA 2048"))
                                .write(dir, "rsa"),
                        AUTHORITY
                                .issue(Wish.server("new.example").ofKind("Ed25519"))
                                .write(dir, "ed"),
                        AUTHORITY.issue(Wish.server("*.other.example")).write(dir, "other"));
        tls =
                ServerTls.of(
                        new DaemonConfig.Tls(
                                AUTHORITY.issue(Wish.server("chat.example")).write(dir, "chat"),
                                more,
                                Optional.empty()));
        TestAuthority.put(dir.resolve("ca.crt"), TestAuthority.pem(AUTHORITY.certificate()));
    }

    /// What `openssl s_client` says of the handshake.
    private static String client(String... options) throws IOException, InterruptedException {
        try (var door = Door.open(tls, ApplicationProtocol.IRC)) {
            var command =
                    new ArrayList<>(
                            List.of(
                                    "openssl",
                                    "s_client",
                                    "-connect",
                                    "127.0.0.1:" + door.port(),
                                    "-CAfile",
                                    dir.resolve("ca.crt").toString()));
            command.addAll(List.of(options));
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        }
    }

    private static void assertSays(String words, String said) {
        assertTrue(said.contains(words), said);
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_3, TLSv1.3, TLS_AES_256_GCM_SHA384",
        "-tls1_2, TLSv1.2, ECDHE-ECDSA-AES256-GCM-SHA384"
    })
    void agrees_on_the_best(String option, String version, String suite) throws Exception {
        var said = client(option);

        assertSays("New, TLSv1", said);
        assertSays(", Cipher is " + suite, said);
        assertSays("Verify return code: 0 (ok)", said);
        assertSays("Server Temp Key: X25519, 253 bits", said);
        assertSays("Compression: NONE", said);
        assertFalse(said.contains("New Session Ticket"), said);
        assertFalse(said.contains("TLS session ticket"), said);
        assertSays(version, said);
    }

    /// In 1.2 Bouncy Castle lets the client choose among ours.
    @ParameterizedTest
    @CsvSource({
        "-tls1_3, P-384:P-256, 'ECDH, prime256v1'",
        "-tls1_3, P-256:X25519, X25519",
        "-tls1_2, P-384:P-256, 'ECDH, prime256v1'",
        "-tls1_2, P-384:X25519:P-256, X25519"
    })
    void agrees_on_a_group_of_ours(String version, String offered, String agreed) throws Exception {
        assertSays("Server Temp Key: " + agreed, client(version, "-groups", offered));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void is_told_that_its_version_is_too_old(String version) throws Exception {
        assertSays("alert protocol version", client(version, "-cipher", "ALL:@SECLEVEL=0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AES256-GCM-SHA384",
                "ECDHE-ECDSA-AES256-SHA",
                "ECDHE-ECDSA-AES128-SHA256",
                "DHE-RSA-AES256-GCM-SHA384",
                "ECDHE-ECDSA-AES128-CCM8",
                "aNULL",
                "eNULL"
            })
    void is_refused_with_a_weak_suite(String suite) throws Exception {
        assertSays("alert handshake failure", client("-tls1_2", "-cipher", suite + ":@SECLEVEL=0"));
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example, -tls1_3, ECDSA+SHA256:RSA-PSS+SHA256, ECDSA",
        "chat.example, -tls1_3, RSA-PSS+SHA256:ECDSA+SHA256, ECDSA",
        "chat.example, -tls1_2, ECDSA+SHA256:RSA-PSS+SHA256, ECDSA",
        "chat.example, -tls1_3, RSA-PSS+SHA256, RSA-PSS",
        "chat.example, -tls1_2, RSA+SHA256, RSA",
        "new.example, -tls1_3, ed25519, ed25519",
        "new.example, -tls1_2, ed25519, ed25519",
        "a.other.example, -tls1_3, ECDSA+SHA256, ECDSA"
    })
    void is_shown_what_it_asks_for_and_understands(
            String name, String version, String signatures, String kind) throws Exception {
        var said = client(version, "-servername", name, "-sigalgs", signatures);

        assertSays("Peer signature type: " + kind + "\n", said);
        assertEquals(
                "CN = " + name.replaceFirst("^a\\.other", "*.other"),
                said.lines()
                        .filter(line -> line.startsWith("subject="))
                        .map(line -> line.substring("subject=".length()))
                        .findFirst()
                        .orElse(said));
    }

    @Test
    void is_not_disturbed_by_application_protocols_it_makes_up() throws Exception {
        assertSays("No ALPN negotiated", client("-alpn", "something"));
        assertSays("ALPN protocol: irc", client("-alpn", "h2,irc"));
        assertSays("alert no application protocol", client("-alpn", "h2,http/1.1"));
    }
}
