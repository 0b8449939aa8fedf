package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.link.Fingerprint;
import chat.parley.client.link.KnownServers;
import chat.parley.daemon.admin.DevelopmentCertificate;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PasswordTest {

    @TempDir private Path home;

    /// What the daemon hears as the password of a `send` of a line from the standard input.
    private String heard(Map<String, String> environment, String stdin, String... options)
            throws Exception {
        var certificate = DevelopmentCertificate.of(List.of("localhost"), 1);
        try (var daemon =
                new ScriptedDaemon(
                        certificate,
                        peer -> {
                            peer.logsIn("ann");
                            peer.echoes("ann");
                            peer.hears("QUIT");
                        })) {
            var ca = ScriptedDaemon.pem(certificate.certificate(), home.resolve("ca.pem"));
            var all = new ArrayList<>(List.of("send", "bob", "-"));
            all.addAll(List.of("--ca", ca.toString(), "-s", "ann@" + daemon.address()));
            all.addAll(List.of(options));
            var run = Run.of(home, environment, stdin, all.toArray(String[]::new));
            assertEquals(new Run(0, "", ""), run);
            assertTrue(
                    daemon.heard().contains("@label=s0 PRIVMSG bob :milk?"),
                    daemon.heard()::toString);
            var payload =
                    daemon.heard().stream()
                            .filter(line -> line.startsWith("AUTHENTICATE "))
                            .toList()
                            .getLast();
            return new String(
                    Base64.getDecoder().decode(payload.substring("AUTHENTICATE ".length())),
                    StandardCharsets.UTF_8);
        }
    }

    @Nested
    class It_comes_from {

        @Test
        void the_environment() throws Exception {
            assertEquals("\0ann\0grün", heard(Map.of("PARLEY_PASSWORD", "grün"), "milk?\n"));
        }

        @Test
        void the_first_line_of_the_standard_input_and_the_rest_is_the_text() throws Exception {
            assertEquals(
                    "\0ann\0two words", heard(Map.of(), "two words\nmilk?\n", "--password-stdin"));
        }

        @Test
        void a_file_descriptor() throws Exception {
            var file = Files.writeString(home.resolve("password"), "kept\n").toRealPath();
            try (var _ = new FileInputStream(file.toFile())) {
                assertEquals(
                        "\0ann\0kept", heard(Map.of(), "milk?\n", "--password-fd", number(file)));
            }
        }

        private static String number(Path file) throws IOException {
            try (var all = Files.list(Path.of("/proc/self/fd"))) {
                for (var one : all.toList()) {
                    try {
                        if (Files.readSymbolicLink(one).equals(file)) {
                            return one.getFileName().toString();
                        }
                    } catch (NoSuchFileException _) {
                        // another thread's, closed meanwhile
                    }
                }
            }
            throw new AssertionError("not open: " + file);
        }

        @Test
        void the_first_line_that_a_command_prints() throws Exception {
            assertEquals(
                    "\0ann\0printed",
                    heard(Map.of(), "milk?\n", "--password-command", "echo printed; echo more"));
        }
    }

    /// At a server without accounts it goes out as it is, and the rest of it would be a command.
    @Nested
    class One_of_several_lines {

        private void isRefused(Map<String, String> environment, String stdin, String... options)
                throws Exception {
            var certificate = DevelopmentCertificate.of(List.of("localhost"), 1);
            try (var daemon =
                    new ScriptedDaemon(certificate, ScriptedDaemon.Peer::waitsForTheEnd)) {
                var all = new ArrayList<>(List.of("send", "bob", "milk?"));
                all.addAll(List.of("-s", "ann@" + daemon.address()));
                all.addAll(List.of(options));
                var run = Run.of(home, environment, stdin, all.toArray(String[]::new));

                assertEquals(2, run.code(), run::err);
                assertTrue(
                        run.err().contains("password has a line break or a NUL in it"), run::err);
                assertEquals(List.of(), daemon.heard());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\r\nQUIT", "a\rb", "a\nb", "a\n", "a\0b"})
        void is_said_to_nobody_and_wrong_use(String password) throws Exception {
            isRefused(Map.of("PARLEY_PASSWORD", password), "");
        }

        @Test
        void is_refused_wherever_it_comes_from() throws Exception {
            isRefused(Map.of(), "a\rQUIT\n", "--password-stdin");
            isRefused(Map.of(), "", "--password-command", "printf 'a\\rQUIT\\n'");
        }
    }

    @Nested
    class Without_one {

        @Test
        void it_is_wrong_use_and_says_how() {
            var run = Run.of(home, Map.of("PARLEY_PASSWORD", ""), "", "send", "#a", "x");

            assertEquals(2, run.code());
            assertTrue(run.err().contains("--password-stdin"), run::err);
        }

        @Test
        void behind_the_file_descriptor_it_is_wrong_use() {
            assertEquals(2, Run.of(home, "send", "#a", "x", "--password-fd", "999").code());
            assertEquals(2, Run.of(home, "send", "#a", "x", "--password-fd", "no").code());
        }

        @Test
        void because_the_command_failed_it_is_wrong_use() {
            var run = Run.of(home, "send", "#a", "x", "--password-command", "echo no; exit 3");

            assertEquals(new Run(2, "", "parley: the password command ended with 3\n"), run);
        }
    }

    @Nested
    class A_key_accepted_before {

        @Test
        void is_trusted_without_a_question() throws Exception {
            var certificate = DevelopmentCertificate.of(List.of("localhost"), 1);
            try (var daemon =
                    new ScriptedDaemon(
                            certificate,
                            ScriptedDaemon.Peer::waitsForTheEnd, // seen, and nobody to ask
                            peer -> {
                                peer.logsIn("ann");
                                peer.echoes("ann");
                                peer.hears("QUIT");
                            })) {
                var server = daemon.address();
                var refused = Run.of(home, "send", "bob", "milk?", "-s", "ann@" + server);
                assertEquals(4, refused.code());
                var key = refused.err().replaceAll("(?s).*--fingerprint (\\S+)\n.*", "$1");

                new KnownServers(home.resolve("parley").resolve("known_servers"))
                        .remember(server, Fingerprint.parse(key).orElseThrow());
                var run = Run.of(home, "send", "bob", "milk?", "-s", "ann@" + server);
                assertEquals(new Run(0, "", ""), run);
            }
        }
    }
}
