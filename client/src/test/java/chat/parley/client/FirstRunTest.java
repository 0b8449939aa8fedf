package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.link.ServerAddress;
import chat.parley.client.ui.Taste;
import chat.parley.client.ui.Tty;
import chat.parley.daemon.talks.TestDaemon;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FirstRunTest {

    @TempDir Path home;

    private static final Request.Connection CONNECTION =
            new Request.Connection(
                    new ServerAddress("localhost", 6697),
                    "ann",
                    new Request.PasswordFrom.Usual(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Taste.unsaid());

    @Test
    void a_profile_that_cannot_be_written_is_told_of_and_ends_nothing() throws IOException {
        var noFolder = Files.writeString(home.resolve("parley"), "");
        var said = new ByteArrayOutputStream();

        FirstRun.write(
                CONNECTION,
                noFolder.resolve("client.conf"),
                new PrintStream(said, true, StandardCharsets.UTF_8));

        assertTrue(
                said.toString(StandardCharsets.UTF_8).startsWith("parley: no profile was written"),
                said::toString);
    }

    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();

    private Optional<Tty> person(Map<String, String> answers) {
        // One that types an answer as soon as its question is there.
        return Optional.of(
                Tty.over(
                        new InputStream() {
                            private ByteArrayInputStream line =
                                    new ByteArrayInputStream(new byte[0]);

                            @Override
                            public int read() {
                                if (line.available() == 0) {
                                    line = next(answers);
                                }
                                return line.read();
                            }

                            @Override
                            public int read(byte[] into, int offset, int length) {
                                if (line.available() == 0) {
                                    line = next(answers);
                                }
                                return line.read(into, offset, length);
                            }
                        },
                        asked));
    }

    private ByteArrayInputStream next(Map<String, String> answers) {
        var text = asked.toString(StandardCharsets.UTF_8);
        var last = text.substring(text.lastIndexOf('\n') + 1);
        var answer =
                answers.entrySet().stream()
                        .filter(one -> last.contains(one.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("");
        asked.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
        return new ByteArrayInputStream((answer + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void asks_logs_in_writes_the_profile_and_talks(@TempDir Path dir) throws Exception {
        try (var daemon = new TestDaemon(dir).account("ann");
                var bob = daemon.account("bob").login("bob")) {
            var answers =
                    Map.of(
                            "Your team's server",
                            "localhost:" + daemon.port(),
                            "Your account there",
                            "ann",
                            "Password",
                            "ann-secret",
                            "Accept it from now on?",
                            "yes");
            var run =
                    Run.of(
                            home,
                            Map.of("PARLEY_PASSWORD", "", "HOME", home.toString(), "PATH", ""),
                            "hello\n",
                            _ -> person(answers));

            assertEquals(0, run.code(), run::err);
            bob.expect(":ann!* PRIVMSG #lobby :hello");
            assertTrue(
                    asked.toString(StandardCharsets.UTF_8).contains("Its key is  sha256/"),
                    asked::toString);
            var file = Profiles.file(Map.of("XDG_CONFIG_HOME", home.toString()));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            var again =
                    Run.of(
                            home,
                            Map.of("PARLEY_PASSWORD", "ann-secret"),
                            "",
                            "send",
                            "#lobby",
                            "again");
            assertEquals(new Run(0, "", ""), again);
            bob.expect(":ann!* PRIVMSG #lobby :again");
        }
    }

    @Test
    void that_fails_writes_nothing(@TempDir Path dir) {
        try (var daemon = new TestDaemon(dir).account("ann")) {
            var answers =
                    Map.of(
                            "Your team's server",
                            "localhost:" + daemon.port(),
                            "Your account there",
                            "ann",
                            "Password",
                            "wrong",
                            "Accept it from now on?",
                            "yes");
            var run =
                    Run.of(
                            home,
                            Map.of("PARLEY_PASSWORD", "", "PATH", ""),
                            "",
                            _ -> person(answers));

            assertEquals(1, run.code(), run::err);
            assertTrue(Files.notExists(Profiles.file(Map.of("XDG_CONFIG_HOME", home.toString()))));
        }
    }

    @Test
    void without_a_terminal_is_wrong_use_and_says_so() {
        var run = Run.of(home);

        assertEquals(2, run.code());
        assertTrue(run.err().contains("which server?"), run::err);
    }
}
