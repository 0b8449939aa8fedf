package chat.parley.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.parley.client.ui.Taste;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProfilesTest {

    @TempDir Path home;

    private Path write(String text) throws IOException {
        var file = Profiles.file(environment());
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Map<String, String> environment() {
        return Map.of("XDG_CONFIG_HOME", home.toString(), "HOME", home.toString(), "USER", "me");
    }

    private Request.Connection connection(String... words) throws Problem {
        return switch (CommandLine.read(List.of(words), environment())) {
            case Request.Send send -> send.connection();
            case Request.Talk talk -> talk.connection();
            default -> throw new AssertionError("neither talk nor send");
        };
    }

    private String refused() {
        return String.valueOf(
                assertThrows(Problem.class, () -> connection("send", "#a", "x")).getMessage());
    }

    @Nested
    class The_manual {

        @Test
        void is_a_file_that_is_understood() throws Exception {
            write(Files.readString(Path.of("..", "conf", "client.conf")));

            var work = connection("work");
            assertEquals("chat.example.org:6697", work.server().toString());
            assertEquals("ann", work.account());
            assertEquals(List.of("#tea"), work.join());
            assertEquals(
                    new Taste(Optional.of("dark"), Optional.of("bell"), Optional.of("no")),
                    work.taste());
            assertEquals(new Request.PasswordFrom.Command("pass show chat"), work.password());
            assertEquals(work, connection("send", "#a", "x"));

            var lab = connection("send", "#a", "x", "--profile", "lab");
            assertEquals("lab.example.org:7000", lab.server().toString());
            assertEquals("me", lab.account());
            assertTrue(lab.pin().isPresent());
            assertEquals(
                    Optional.of(home.resolve("keys").resolve("ann.crt")),
                    lab.own().map(Request.KeyFiles::certificate));
        }
    }

    @Nested
    class A_profile {

        @Test
        void stands_behind_what_is_given() throws Exception {
            write(
                    "profiles { a { server = \"one.example\", account = ann, password-command = x } }");

            var given = connection("a", "-u", "bob", "--password-stdin", "--ca", "x.pem");

            assertEquals("bob", given.account());
            assertEquals(new Request.PasswordFrom.Stdin(), given.password());
            assertEquals(Optional.of(Path.of("x.pem")), given.authorities());
            assertEquals("two.example:6697", connection("two.example").server().toString());
        }

        @Test
        void says_how_things_are_shown() throws Exception {
            write("profiles { a { server = one.example, theme = light, notifications = 777 } }");

            assertEquals(
                    new Taste(Optional.of("light"), Optional.of("777"), Optional.empty()),
                    connection("a").taste());
            assertEquals(Taste.unsaid(), connection("two.example").taste());
        }

        @Test
        void of_several_must_be_named() throws Exception {
            write("profiles { a { server = one.example }, b { server = two.example } }");

            assertTrue(refused().startsWith("which profile?"), this::text);
            var e =
                    assertThrows(
                            Problem.class, () -> connection("send", "#a", "x", "-P", "elsewhere"));
            var said = String.valueOf(e.getMessage());
            assertTrue(said.endsWith("there are a, b"), said);
        }

        private String text() {
            return refused();
        }
    }

    @Nested
    class A_mistake {

        @Test
        void is_told_with_file_line_and_hint_all_at_once() throws Exception {
            var file =
                    write(
                            """
                            default = a
                            colour = blue
                            profiles {
                              a {
                                server = "one.example:0"
                                acount = ann
                                fingerprint = "sha256/x"
                                join = "#tea"
                                cert = "x"
                              }
                              b { account = bob, ca = "a\\u0000b", join = ["#a b"] }
                              c {
                                server = one.example
                                theme = blue
                                notifications = [9]
                                notification-text = maybe
                              }
                            }
                            """);

            var said = refused();

            for (var wanted :
                    List.of(
                            ":2: colour is not known",
                            ":5: not a server: one.example:0",
                            ":6: acount is not known\n  hint: did you mean account?",
                            ":7: not a fingerprint",
                            ":8: join is no list of names",
                            ":9: cert and key go together",
                            ":11: b has no server",
                            ":11: ca is no text",
                            ":11: join is no list of names",
                            ":14: theme is not that: blue\n  hint: one of dark, light",
                            ":15: notifications is not that: ",
                            ":16: notification-text is not that: maybe")) {
                assertTrue(said.contains(file + wanted), () -> wanted + "\n" + said);
            }
        }

        @Test
        void of_the_form_is_told_with_its_line() throws Exception {
            var file = write("profiles {\n a { server = \"x\n }\n");

            assertTrue(refused().startsWith(file + ":2: cannot be read as HOCON"), this::text);
        }

        @Test
        void is_that_others_may_write_it() throws Exception {
            var file = write("profiles { a { server = one.example } }");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

            assertTrue(refused().endsWith("chmod 600 " + file), this::text);
        }

        private String text() {
            return refused();
        }
    }
}
