package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ui.Tty;
import chat.parley.daemon.talks.TestDaemon;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `parley trust`, and who is believed, with a daemon whose certificate nobody has signed.
@Timeout(120)
class TrustModeTest {

    private static final String OTHER = "sha256/nVKmzON0cYhv4/AnMFW2AhDpNW7UNCOvGjUsPftEeM8=";

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

    private String server() {
        return "localhost:" + daemon.port();
    }

    private Path file() {
        return home.resolve("parley").resolve("known_servers");
    }

    private Run send(String... options) {
        var all = new ArrayList<>(List.of("send", "#lobby", "hello"));
        all.addAll(List.of("-s", "ann@" + server()));
        all.addAll(List.of(options));
        return Run.of(
                home, Map.of("PARLEY_PASSWORD", "ann-secret"), "", all.toArray(String[]::new));
    }

    private String key() {
        var shown = Run.of(home, "trust", "show", server());
        return shown.out().replaceAll("(?s).*\\nkey +(\\S+)\\n.*", "$1");
    }

    private void known(String... lines) throws IOException {
        Files.createDirectories(file().getParent());
        Files.write(file(), List.of(lines));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    }

    private static Optional<Tty> types(String text) {
        return Optional.of(Tty.over(input(text), OutputStream.nullOutputStream()));
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Somebody at a terminal types a password; what it was asked is kept in order.
    @Nested
    class A_password {

        private final ByteArrayOutputStream asked = new ByteArrayOutputStream();

        private Run typing(String server, String answer) {
            // The terminal is opened for the password, and only then for the question before it.
            var answers = new ArrayDeque<>(List.of("ann-secret\n", answer));
            return Run.of(
                    home,
                    Map.of("PARLEY_PASSWORD", ""),
                    "",
                    _ -> Optional.of(Tty.over(input(answers.remove()), asked)),
                    "send",
                    "#lobby",
                    "hello",
                    "-s",
                    "ann@" + server);
        }

        private String asked() {
            return asked.toString(StandardCharsets.UTF_8);
        }

        @Test
        void is_not_asked_for_a_server_whose_key_is_refused() {
            assertEquals(4, typing(server(), "no\n").code());

            assertTrue(asked().startsWith("You have not met "), this::asked);
            assertFalse(asked().contains("Password"), this::asked);
        }

        @Test
        void is_asked_after_the_key_was_accepted() {
            assertEquals(new Run(0, "", ""), typing(server(), "yes\n"));

            assertTrue(asked().startsWith("You have not met "), this::asked);
            assertTrue(asked().contains("Password for ann at "), this::asked);
        }

        @Test
        void is_not_asked_where_the_key_is_another_than_before() throws Exception {
            known(server() + " " + OTHER);

            var run = typing(server(), "yes\n");

            assertEquals(4, run.code());
            assertTrue(run.err().contains("CHANGED"), run::err);
            assertEquals("", asked());
        }

        @Test
        void is_not_asked_where_nobody_answers() throws Exception {
            int port;
            try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = nobody.getLocalPort();
            }

            assertEquals(3, typing("localhost:" + port, "yes\n").code());
            assertEquals("", asked());
        }
    }

    @Nested
    class A_server_that_is_not_known {

        @Test
        void is_refused_with_4_where_nobody_can_be_asked_and_nothing_is_kept() {
            var run = send();

            assertEquals(4, run.code());
            assertTrue(run.err().contains("this server is not known"), run::err);
            assertTrue(run.err().contains("--fingerprint sha256/"), run::err);
            assertTrue(Files.notExists(file()));
        }

        @Test
        void is_kept_once_a_person_agrees_and_listed_and_forgotten() {
            var asked =
                    Run.of(
                            home,
                            Map.of("PARLEY_PASSWORD", "ann-secret"),
                            "",
                            _ -> types("yes\n"),
                            "send",
                            "#lobby",
                            "hello",
                            "-s",
                            "ann@" + server());
            assertEquals(new Run(0, "", ""), asked);
            assertEquals(0, send().code());

            var key = key();
            assertEquals(
                    new Run(0, server() + "  " + key + "\n", ""), Run.of(home, "trust", "list"));
            assertEquals(
                    "{\"server\":\""
                            + server()
                            + "\",\"fingerprint\":\""
                            + key
                            + "\",\"line\":2}\n",
                    Run.of(home, "trust", "list", "--json").out());

            assertEquals(0, Run.of(home, "trust", "remove", server()).code());
            assertEquals(4, send().code());
            assertEquals(1, Run.of(home, "trust", "remove", server()).code());
        }

        @Test
        void is_shown_without_being_trusted() {
            var shown = Run.of(home, "trust", "show", server());

            assertEquals(4, shown.code());
            assertTrue(shown.out().startsWith("server       " + server() + "\n"), shown::out);
            assertTrue(
                    shown.out()
                            .contains(
                                    "connection   TLSv1.3 TLS_AES_256_GCM_SHA384 X25519MLKEM768\n"),
                    shown::out);
            assertTrue(shown.out().contains("trusted      no: "), shown::out);
            assertTrue(Files.notExists(file()));
            assertEquals(3, Run.of(home, "trust", "show", "nobody.invalid").code());
        }

        @Test
        void is_trusted_by_the_fingerprint_that_is_given_by_either_name() {
            assertEquals(0, send("--fingerprint", key()).code());
            assertEquals(0, send("--pin", key()).code());

            var other = send("--fingerprint", OTHER);
            assertEquals(4, other.code());
            assertTrue(other.err().contains(OTHER), other::err);
            assertTrue(other.err().contains(key()), other::err);
        }
    }

    @Nested
    class A_key_that_changed {

        @Test
        void is_refused_with_both_the_line_and_what_to_run() throws Exception {
            known("# mine", server() + " " + OTHER);

            var run = send();

            assertEquals(4, run.code());
            assertTrue(run.err().contains("CHANGED"), run::err);
            assertTrue(run.err().contains(OTHER + "  (" + file() + ":2)"), run::err);
            assertTrue(run.err().contains(key()), run::err);
            assertTrue(run.err().contains("parley trust remove " + server() + "\n"), run::err);
        }

        @Test
        void is_not_asked_about() throws Exception {
            known(server() + " " + OTHER);

            var run =
                    Run.of(
                            home,
                            Map.of("PARLEY_PASSWORD", "ann-secret"),
                            "",
                            _ -> types("yes\n"),
                            "send",
                            "#lobby",
                            "hello",
                            "-s",
                            "ann@" + server());
            assertEquals(4, run.code());
        }
    }
}
