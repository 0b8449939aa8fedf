package chat.parley.daemon.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.daemon.tls.ClientCertificate;
import chat.parley.daemon.tls.TestKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `parley-user bind-cert`, `unbind-cert` and what `show` tells of them.
class CertificateBindingsTest {

    private static final String GOOD = "correct horse battery";

    @TempDir Path dir;
    private Path config;
    private Path file;
    private String fingerprint = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void addAccounts() throws Exception {
        config =
                Files.writeString(
                        dir.resolve("parley.conf"),
                        """
                        parley { data-dir = data
                          auth { argon2 { memory = 64 KiB, passes = 1 }, threads = 2 } }
                        """);
        file = TestKeys.in(dir).certificate();
        try (var in = Files.newInputStream(file)) {
            var factory = java.security.cert.CertificateFactory.getInstance("X.509");
            var made = (java.security.cert.X509Certificate) factory.generateCertificate(in);
            fingerprint = ClientCertificate.of(made).fingerprint();
        }
        assertEquals(0, run("add", "Ann", "--password-stdin"));
        assertEquals(0, run("add", "bob", "--password-stdin"));
    }

    @Test
    void a_file_says_which_key_is_meant() {
        assertEquals(0, run("bind-cert", "ann", "--file", file.toString()));
        assertTrue(err.startsWith("parley-user: the key " + fingerprint.substring(0, 16)), err);

        assertEquals(0, run("show", "ann"));
        assertTrue(out.contains("\ncertificate  " + fingerprint + "  bound 20"), out);
        assertEquals(0, run("show", "ann", "--json"));
        assertTrue(
                out.strip()
                        .matches(
                                "\\{\"name\":\"Ann\".*,\"certificates\":\\[\\{\"fingerprint\":\""
                                        + fingerprint
                                        + "\",\"bound\":\"20.*Z\"}]}"),
                out);
        assertEquals(0, run("show", "bob", "--json"));
        assertTrue(out.strip().endsWith(",\"certificates\":[]}"), out);
    }

    @Test
    void so_do_digits_as_other_programs_write_them() {
        var colons =
                HexFormat.ofDelimiter(":")
                        .withUpperCase()
                        .formatHex(HexFormat.of().parseHex(fingerprint));
        var pin =
                "sha256/"
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(fingerprint));

        assertEquals(0, run("bind-cert", "ann", colons));
        assertEquals(0, run("bind-cert", "ann", fingerprint.toUpperCase(Locale.ROOT)));
        assertTrue(err.contains("bound already"), err);
        assertEquals(0, run("unbind-cert", "ann", pin));
        assertEquals(1, run("unbind-cert", "ann", pin));
    }

    @Test
    void a_key_opens_one_account_only() {
        assertEquals(0, run("bind-cert", "ann", fingerprint));
        assertEquals(1, run("bind-cert", "bob", fingerprint));
        assertEquals("parley-user: this certificate opens another account\n", err);
        assertEquals(1, run("unbind-cert", "bob", fingerprint));

        assertEquals(0, run("unbind-cert", "ann", "--file", file.toString()));
        assertEquals(0, run("bind-cert", "bob", fingerprint));
    }

    @Test
    void nobody_has_none() {
        assertEquals(1, run("bind-cert", "cleo", fingerprint));
        assertEquals("parley-user: there is no account cleo\n", err);
        assertEquals(0, run("bind-cert", "ann", fingerprint));
        assertEquals(0, run("delete", "ann"));
        assertEquals(0, run("bind-cert", "bob", fingerprint), "it went with the account");
    }

    @Test
    void what_is_no_fingerprint_is_wrong_use() throws Exception {
        var noCertificate = Files.writeString(dir.resolve("note.txt"), "hello\n");

        assertEquals(2, run("bind-cert", "ann", fingerprint.substring(1)));
        assertEquals(2, run("bind-cert", "ann", fingerprint.replace(fingerprint.charAt(5), 'x')));
        assertEquals(2, run("bind-cert", "ann", "sha256/????"));
        assertEquals(2, run("bind-cert", "ann", "--file", noCertificate.toString()));
        assertEquals(2, run("bind-cert", "ann"));
        assertEquals(2, run("bind-cert", "ann", fingerprint, "--file", file.toString()));
        assertEquals(3, run("bind-cert", "ann", "--file", dir.resolve("nothing").toString()));
    }

    @Test
    void the_help_says_how_to_get_one() {
        assertEquals(0, run("bind-cert", "--help"));
        assertTrue(out.contains("openssl x509 -in CERT.PEM"), out);
        assertTrue(out.contains("FINGERPRINT"), out);
    }

    private int run(String... arguments) {
        var stdout = new ByteArrayOutputStream();
        var stderr = new ByteArrayOutputStream();
        var all = new String[arguments.length + 2];
        all[0] = "--config";
        all[1] = config.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        var streams =
                new UserTool.Streams(
                        new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(stdout, true, StandardCharsets.UTF_8),
                        new PrintStream(stderr, true, StandardCharsets.UTF_8),
                        _ -> Optional.empty());
        var code = UserTool.run(streams, all);
        out = stdout.toString(StandardCharsets.UTF_8);
        err = stderr.toString(StandardCharsets.UTF_8);
        return code;
    }
}
